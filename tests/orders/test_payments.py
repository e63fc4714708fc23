"""A card payment is opened once, settled once, and given up only when nobody can pay any more."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import translation

from catalog.money import Money
from customers.models import Mail
from orders import providers
from orders.actions import cancelling, payments
from orders.actions.payments import NotPayable, PaymentUnavailable
from orders.actions.payments.request import TotalsDiffer
from orders.models import Order, OrderEvent, Payment, Reservation
from tests.makers import make_product, make_variant
from tests.orders.card import begin, history, on_shelf, order_by_card, paid_by_card
from tests.orders.conftest import NOW, place
from tests.stand_ins.stripe import cards

SESSIONS = "/v1/checkout/sessions"

pytestmark = pytest.mark.django_db


# Opening the page


def test_the_page_asks_for_the_order_line_by_line_to_the_cent(stripe, blanket):
    order, payment = order_by_card((blanket, 3), language="es")

    session = stripe.sessions[payment.session_id]
    (call,) = stripe.calls_to("POST", SESSIONS)
    prices = [(line["price_data"]["unit_amount"], line["quantity"]) for line in call.params["line_items"]]
    assert prices == [("4900", "3"), ("490", "1")]
    assert (session["amount_total"], session["currency"]) == (order.total, "eur")
    assert (session["locale"], session["customer_email"]) == ("es", "ada@example.com")
    assert session["client_reference_id"] == session["metadata"]["order"] == str(order.uid)


def test_asked_twice_it_is_the_same_page(stripe, blanket):
    order = place(blanket, payment="card")

    assert begin(order) == begin(order)
    assert len(stripe.calls_to("POST", SESSIONS)) == len(stripe.sessions) == 1


def test_a_lost_answer_and_another_try_make_one_session(stripe, blanket):
    order = place(blanket, payment="card")
    stripe.fail_next(SESSIONS, "drop", times=2)
    with pytest.raises(PaymentUnavailable):
        begin(order)
    assert order.payments.get().session_id is None

    url = begin(order, NOW + timedelta(seconds=40))

    assert len(stripe.sessions) == 1
    assert order.payments.get().session_url == url


def test_a_fault_that_stripe_repeats_for_its_key_does_not_last(stripe, blanket):
    order = place(blanket, payment="card")
    stripe.fail_next(SESSIONS, 500, kept=True, times=1)
    with pytest.raises(PaymentUnavailable):
        begin(order)

    assert begin(order)
    assert len(stripe.sessions) == 1


def test_a_try_long_after_the_first_one_gets_a_page_that_still_lives(stripe, blanket):
    order = place(blanket, payment="card")
    stripe.fail_next(SESSIONS, 503, times=2)
    with pytest.raises(PaymentUnavailable):
        begin(order)
    later = NOW + timedelta(minutes=15)
    stripe.clock = later.timestamp

    begin(order, later)

    payment = order.payments.get()
    assert payment.expires_at == later + timedelta(minutes=35)
    assert stripe.sessions[payment.session_id]["expires_at"] == payment.expires_at.timestamp()


def test_an_address_that_stripe_does_not_like_is_no_reason_to_lose_a_buyer(stripe, blanket):
    order = place(blanket, payment="card")
    Order.objects.update(email="ada@localhost")

    assert begin(order)
    assert [session["customer_email"] for session in stripe.sessions.values()] == [None]


def test_stripe_away_leaves_the_order_as_it_was(stripe, blanket):
    order = place(blanket, payment="card")
    stripe.fail_next(SESSIONS, 503, times=2)

    with pytest.raises(PaymentUnavailable):
        begin(order)

    order.refresh_from_db()
    assert order.status == Order.Status.PENDING
    assert on_shelf(blanket) == (10, 1)


def test_a_shop_without_a_key_cannot_take_cards(settings, stripe, blanket):
    order = place(blanket, payment="card")
    settings.STRIPE_SECRET_KEY = ""

    with pytest.raises(PaymentUnavailable):
        begin(order)
    assert not stripe.calls


def test_the_pieces_are_held_longer_than_the_page_lives(stripe, blanket):
    order, payment = order_by_card(blanket)

    hold = Reservation.objects.get(line__order=order)
    assert hold.expires_at >= payment.expires_at + timedelta(minutes=5)


def test_an_order_whose_sums_differ_is_never_charged(stripe, blanket):
    order = place(blanket, payment="card")
    order.payments.update(amount=1)

    with pytest.raises(TotalsDiffer):
        begin(order)
    assert not stripe.calls


def test_very_long_orders_go_as_one_line(stripe, counter):
    many = [make_variant(make_product(f"Cup {number}"), price=100 + number) for number in range(101)]
    order, payment = order_by_card(*many)

    assert stripe.sessions[payment.session_id]["amount_total"] == order.total


@pytest.mark.parametrize("state", ["placed", "cancelled", "over"])
def test_who_cannot_pay_any_more_gets_no_page(stripe, blanket, state):
    if state == "placed":
        order, _ = paid_by_card(stripe, blanket)
    else:
        order, _ = order_by_card(blanket)
    if state == "cancelled":
        payments.give_up(order, NOW)

    with pytest.raises(NotPayable):
        begin(order, NOW + timedelta(minutes=36))
    assert len(stripe.sessions) == 1


# Settling


def test_money_places_the_order(stripe, blanket):
    order, payment = paid_by_card(stripe, (blanket, 2))

    assert (order.status, order.payment_status) == (Order.Status.PLACED, Order.PaymentStatus.PAID)
    assert (order.number, order.paid_at) == ("100001", NOW)
    assert (payment.status, payment.captured) == (Payment.Status.CAPTURED, order.total)
    assert payment.intent_id in stripe.intents
    assert on_shelf(blanket) == (10, 2)
    assert Reservation.objects.get().expires_at is None


def test_settling_again_changes_nothing(stripe, blanket):
    order, payment = paid_by_card(stripe, blanket)

    assert payments.settle(payment, stripe.sessions[payment.session_id], NOW + timedelta(days=1))

    order.refresh_from_db()
    assert (order.number, order.paid_at) == ("100001", NOW)
    assert history(order) == ["created", "placed", "paid"]
    assert Mail.objects.filter(key=f"order-confirmation:{order.pk}").count() == 1


def test_the_news_is_told_after_the_commit(stripe, blanket, django_capture_on_commit_callbacks):
    from orders.events import order_paid

    told = []
    order_paid.connect(listener := lambda order_id, **_: told.append(order_id))
    try:
        with django_capture_on_commit_callbacks(execute=True):
            order, _payment = paid_by_card(stripe, blanket)
    finally:
        order_paid.disconnect(listener)

    assert told == [order.pk]


@pytest.mark.parametrize("wrong", [{"amount": 1}, {"amount": 99_999}, {"currency": "usd"}])
def test_another_amount_is_an_incident_and_no_payment(stripe, blanket, wrong):
    order, payment = order_by_card(blanket)
    stripe.pay(payment.session_id, **wrong)

    assert not payments.check(payment, NOW)
    assert not payments.settle(payment, stripe.sessions[payment.session_id], NOW)

    order.refresh_from_db()
    assert (order.status, order.payment_status, order.number) == (Order.Status.PENDING, "unpaid", None)
    assert payment.captured == 0
    assert history(order) == ["created", "incident"]


def test_what_staff_read_is_in_one_language_and_said_once(stripe, blanket):
    order, payment = order_by_card(blanket)
    stripe.pay(payment.session_id, amount=1)

    for language in ("es", "ru", "en"):
        with translation.override(language):
            payments.settle(payment, stripe.sessions[payment.session_id], NOW)

    assert order.events.get(type="incident").text.startswith("Stripe took 1 EUR")


def test_money_of_another_session_is_an_incident(stripe, blanket):
    _, payment = order_by_card(blanket)
    other_order, other = order_by_card(blanket, email="ben@example.com")
    stripe.pay(payment.session_id)

    assert not payments.settle(other, stripe.sessions[payment.session_id], NOW)

    other_order.refresh_from_db()
    assert other_order.payment_status == "unpaid"
    assert history(other_order) == ["created", "incident"]


def test_a_session_that_is_not_paid_settles_nothing(stripe, blanket):
    order, payment = order_by_card(blanket)
    stripe.pay(payment.session_id, card=cards.DECLINED)

    assert not payments.check(payment, NOW)
    order.refresh_from_db()
    assert order.status == Order.Status.PENDING


def test_a_slow_bank_keeps_the_pieces_until_it_has_answered(stripe, blanket):
    order, payment = order_by_card(blanket)
    stripe.pay(payment.session_id, card=cards.SEPA)

    assert not payments.check(payment, NOW)
    assert not payments.give_up(order, NOW + timedelta(hours=5))
    assert Reservation.objects.get().expires_at is None

    stripe.settle(payment.session_id)
    assert payments.check(payment, NOW + timedelta(days=2))
    order.refresh_from_db()
    assert order.payment_status == "paid"


def test_while_a_bank_is_at_work_nobody_cancels(stripe, blanket):
    order, payment = order_by_card(blanket)
    stripe.pay(payment.session_id, card=cards.SEPA)

    with pytest.raises(cancelling.BeingPaid):
        cancelling.cancel(order, "changed his mind", now=NOW)

    assert on_shelf(blanket) == (10, 1)


def test_a_slow_bank_that_says_no_gives_the_pieces_back(stripe, blanket):
    order, payment = order_by_card(blanket)
    stripe.pay(payment.session_id, card=cards.SEPA)
    payments.check(payment, NOW)
    stripe.settle(payment.session_id, succeed=False)

    assert not payments.check(payment, NOW + timedelta(days=2))

    order.refresh_from_db()
    assert order.status == Order.Status.CANCELLED
    assert on_shelf(blanket) == (10, 0)


def test_a_download_is_handed_over_with_the_money(stripe, guide):
    order, _ = paid_by_card(stripe, guide)

    assert order.payment_status == "paid"
    assert order.total == Money.parse("9.00", "EUR").minor


# Giving up


def test_giving_up_closes_the_page_first(stripe, blanket):
    order, payment = order_by_card(blanket)

    assert payments.give_up(order, NOW)

    assert stripe.sessions[payment.session_id]["status"] == "expired"
    assert (order.status, order.number) == (Order.Status.CANCELLED, None)
    payment.refresh_from_db()
    assert payment.status == Payment.Status.CANCELLED
    assert on_shelf(blanket) == (10, 0)


def test_giving_up_too_late_settles_instead(stripe, blanket):
    order, payment = order_by_card(blanket)
    stripe.pay(payment.session_id)

    assert not payments.give_up(order, NOW)

    assert (order.status, order.payment_status) == ("placed", "paid")


def test_paid_in_the_moment_of_giving_up_is_paid(stripe, blanket):
    """Between our question and the closing, the buyer pays."""
    order, payment = order_by_card(blanket)
    asked = stripe.desk.answer

    def answer(call, *rest):
        if call.path.endswith("/expire"):
            stripe.pay(payment.session_id)
        return asked(call, *rest)

    stripe.desk.answer = answer

    assert not payments.give_up(order, NOW)
    assert order.payment_status == "paid"


def test_while_stripe_is_away_nothing_is_given_up(stripe, blanket):
    order, _ = order_by_card(blanket)
    stripe.fail_next(SESSIONS + "/*", 503, times=2)

    with pytest.raises(PaymentUnavailable):
        payments.give_up(order, NOW + timedelta(minutes=50))

    order.refresh_from_db()
    assert order.status == Order.Status.PENDING
    assert on_shelf(blanket) == (10, 1)


def test_pieces_do_not_wait_for_ever_for_a_stripe_that_is_away(stripe, blanket):
    order, _ = order_by_card(blanket)
    stripe.fail_next(SESSIONS + "/*", 503, times=2)

    assert payments.give_up(order, NOW + timedelta(hours=2))
    assert on_shelf(blanket) == (10, 0)


def test_an_order_without_a_page_is_given_up_without_asking(stripe, blanket):
    order = place(blanket, payment="card")

    assert payments.give_up(order, NOW)
    assert not stripe.calls


def test_a_changed_cart_closes_the_page_of_its_first_order(stripe, blanket):
    first, payment = order_by_card(blanket)

    second = place(cart=first.cart, payment="bank_transfer")

    first.refresh_from_db()
    assert (first.status, second.status) == ("cancelled", "placed")
    assert stripe.sessions[payment.session_id]["status"] == "expired"


# By hand


def test_a_bank_transfer_is_marked_paid_once(blanket):
    order = place(blanket)

    assert payments.mark_paid(order, now=NOW)
    assert not payments.mark_paid(order, now=NOW)

    assert (order.payment_status, order.paid_at) == ("paid", NOW)
    assert order.payments.get().captured == order.total
    assert history(order).count(OrderEvent.Type.PAID) == 1


def test_nobody_marks_a_card_payment_paid(stripe, blanket):
    order, _ = order_by_card(blanket)

    assert not payments.mark_paid(order, now=NOW)
    assert order.payment_status == "unpaid"


def test_stripe_is_never_called_inside_a_transaction(stripe):
    with transaction.atomic(), pytest.raises(RuntimeError):
        providers.session("cs_1")
    assert stripe.calls == []
