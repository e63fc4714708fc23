"""Browser, webhook, sweeper and clerk at the same moment, with connections of their own."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from customers.models import Mail
from orders.actions import cancelling, dispatching, payments, refunds, reservations
from orders.actions.payments import NotPayable
from orders.models import Order, OrderEvent, Payment, ProviderEvent, Refund
from tests.makers import make_counter, make_product, make_variant
from tests.orders.card import (
    begin,
    charge_with_the_parcel,
    held_by_card,
    history,
    on_shelf,
    order_by_card,
    paid_by_card,
)
from tests.orders.conftest import NOW, place

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def blanket():
    make_counter()
    return make_variant(make_product("Wool blanket"), stock=1)


def at_once(*acts) -> list:
    """Let these start together, each on its own connection; gives what they return or raise."""
    gate = threading.Barrier(len(acts))

    def run(act):
        try:
            gate.wait()
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_twenty_webhooks_and_the_returning_browser_make_one_payment(stripe, blanket):
    order, payment = order_by_card(blanket)
    told = stripe.pay(payment.session_id)[-1]

    outcomes = at_once(*[lambda: payments.receive_event(*told, NOW)] * 20, lambda: payments.check(payment, NOW))

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    order.refresh_from_db()
    assert (order.number, order.payment_status) == ("100001", "paid")
    assert history(order) == ["created", "placed", "paid"]
    assert Mail.objects.filter(key=f"order-confirmation:{order.pk}").count() == 1
    assert ProviderEvent.objects.count() == 1
    assert on_shelf(blanket) == (1, 1)


def test_parallel_settlements_take_the_money_once(stripe, blanket):
    order, payment = order_by_card(blanket)
    stripe.pay(payment.session_id)
    session = stripe.sessions[payment.session_id]

    assert at_once(*[lambda: payments.settle(payment, session, NOW)] * 8) == [True] * 8

    assert OrderEvent.objects.filter(type="paid").count() == 1
    assert Payment.objects.get().captured == order.total == stripe.captured()


def test_the_sweeper_and_the_money_agree(stripe, blanket):
    """Whoever is first: the order is whole, the last piece is held once or free, no money is lost."""
    order, payment = order_by_card(blanket)
    stripe.pay(payment.session_id)
    told = stripe.signed("checkout.session.completed")[0]
    late = NOW + timedelta(minutes=41)

    outcomes = at_once(lambda: reservations.release_expired(late), lambda: payments.receive_event(*told, NOW))

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("placed", "paid")
    assert on_shelf(blanket) == (1, 1)


def test_late_money_and_the_next_buyer_of_the_last_piece(stripe, blanket):
    order, payment = order_by_card(blanket)
    stripe.pay(payment.session_id)
    stripe.fail_next("/v1/checkout/sessions/*", 503, times=2)
    late = NOW + timedelta(hours=2)
    reservations.release_expired(late)
    session = stripe.sessions[payment.session_id]

    at_once(lambda: payments.settle(payment, session, late), lambda: place(blanket, now=late, email="ben@example.com"))

    order.refresh_from_db()
    assert Order.objects.placed().count() == 1
    assert on_shelf(blanket) == (1, 1)
    assert stripe.captured() - stripe.refunded() == (order.total if order.status == "placed" else 0)


def test_late_money_and_a_new_order_of_the_same_cart(stripe, blanket):
    order, payment = order_by_card(blanket)
    stripe.pay(payment.session_id)
    stripe.fail_next("/v1/checkout/sessions/*", 503, times=2)
    late = NOW + timedelta(hours=2)
    reservations.release_expired(late)
    session = stripe.sessions[payment.session_id]

    at_once(lambda: payments.settle(payment, session, late), lambda: place(cart=order.cart, now=late))

    order.refresh_from_db()
    assert Order.objects.placed().count() == 1
    assert stripe.captured() - stripe.refunded() == (order.total if order.status == "placed" else 0)


def test_two_full_refunds_at_once_are_one(stripe, blanket):
    order, payment = paid_by_card(stripe, blanket)

    outcomes = at_once(*[lambda: refunds.refund(payment, order.total, "came back", now=NOW)] * 2)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refund", "RefundTooLarge"]
    assert stripe.refunded() == order.total
    assert Refund.objects.get().status == "succeeded"


def test_a_refund_and_its_own_news_are_one(stripe, blanket):
    order, payment = paid_by_card(stripe, blanket)
    wish = refunds.request(payment, 1000, "a stain", now=NOW)

    at_once(lambda: refunds.send(wish, NOW), lambda: refunds.send(wish, NOW, again=True))

    assert stripe.refunded() == 1000
    assert Payment.objects.get().refunded == 1000
    assert history(order).count("refunded") == 1


def test_two_tabs_open_one_page(stripe, blanket):
    order = place(blanket, payment="card")

    first, second = at_once(lambda: begin(order), lambda: begin(order))

    assert first == second
    assert len(stripe.sessions) == 1


def test_a_page_that_was_opened_for_a_given_up_order_is_closed(stripe, blanket):
    order = place(blanket, payment="card")
    answer = stripe.desk.answer

    def after_somebody_gave_up(call, *rest):
        if call.path == "/v1/checkout/sessions":
            at_once(lambda: payments.give_up(Order.objects.get(), NOW))
        return answer(call, *rest)

    stripe.desk.answer = after_somebody_gave_up

    with pytest.raises(NotPayable):
        begin(order)
    assert [session["status"] for session in stripe.sessions.values()] == ["expired"]
    assert on_shelf(blanket) == (1, 0)


def test_two_clerks_mark_one_transfer_paid(blanket):
    order = place(blanket)

    assert sorted(at_once(*[lambda: payments.mark_paid(Order.objects.get(), now=NOW)] * 2)) == [False, True]
    assert history(order).count("paid") == 1


def test_two_clerks_who_send_at_once_charge_once_and_send_one_parcel(stripe, blanket):
    charge_with_the_parcel()
    order, _payment = held_by_card(stripe, blanket)

    outcomes = at_once(*[lambda: dispatching.dispatch(Order.objects.get(), now=NOW, seen=0)] * 4)

    assert sum(not isinstance(outcome, Exception) for outcome in outcomes) == 1
    assert (stripe.captured(), stripe.held(), order.shipments.count()) == (order.total, 0, 1)
    assert history(order).count("paid") == 1


def test_sending_and_calling_off_at_once_end_in_one_of_both(stripe, blanket):
    charge_with_the_parcel()
    order, payment = held_by_card(stripe, blanket)

    at_once(
        lambda: dispatching.dispatch(Order.objects.get(), now=NOW),
        lambda: cancelling.cancel(Order.objects.get(), "changed his mind", now=NOW),
    )
    payments.reconcile(NOW + timedelta(hours=2))

    order.refresh_from_db()
    payment.refresh_from_db()
    kept = order.total if order.shipments.exists() else 0
    assert (stripe.captured() - stripe.refunded(), stripe.held()) == (kept, 0)
    assert payment.captured - payment.refunded == kept
    assert (order.status == "cancelled") == (not kept)
