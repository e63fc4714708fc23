"""Another payment provider comes in by the same door."""

from datetime import timedelta

import pytest

from orders.actions import payments, refunds
from orders.models import ProviderEvent
from tests.orders.card import begin
from tests.orders.conftest import NOW, place
from tests.stand_ins import purse


@pytest.fixture
def with_purse(settings, blanket):
    settings.PAYMENT_PROVIDER = "tests.stand_ins.purse"
    settings.STRIPE_SECRET_KEY = ""
    yield
    purse.SESSIONS.clear()
    purse.REFUNDS.clear()


def test_a_second_provider_opens_the_page_takes_the_money_and_gives_it_back(with_purse, blanket):
    order = place(blanket, payment="card")
    address = begin(order)
    payment = order.payments.get()
    assert address == begin(order) == purse.session(payment.session_id)["url"]

    purse.pay(payment.session_id)
    assert payments.check(payment, NOW)
    back = refunds.refund(payment, 1000, "a stain", now=NOW)

    order.refresh_from_db()
    payment.refresh_from_db()
    assert (order.payment_status, back.status) == ("partly_refunded", "succeeded")
    assert (payment.captured, payment.refunded) == (5390, 1000)
    assert purse.refunds_of(payment.intent_id)[0]["amount"] == 1000


def test_its_messages_come_by_the_same_letter_box_and_the_clock_asks_it_too(client, with_purse, blanket):
    told, untold = (place(blanket, payment="card") for _number in range(2))
    for order in (told, untold):
        begin(order)
        purse.pay(order.payments.get().session_id)
    message = told.payments.get().session_id.encode()

    forged = client.post("/webhooks/payments/", message, "text/plain", headers={"Purse-Signature": "forged"})
    assert forged.status_code == 400
    client.post("/webhooks/payments/", message, "text/plain", headers={"Purse-Signature": "honest"})
    payments.process_events(NOW + timedelta(days=300))
    payments.reconcile(NOW + timedelta(minutes=10))

    assert ProviderEvent.objects.get().provider == "purse"
    for order in (told, untold):
        order.refresh_from_db()
        assert (order.status, order.payment_status) == ("placed", "paid")
