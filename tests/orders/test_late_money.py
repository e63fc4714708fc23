"""Money for an order that was given up: it comes back to life, or the money goes back. Never neither, never both."""

from datetime import timedelta

import pytest

from customers.models import Mail
from orders.actions import payments, reservations
from orders.models import Order, Payment, Refund, Reservation
from tests.makers import make_product, make_variant
from tests.orders.card import history, on_shelf, order_by_card
from tests.orders.conftest import NOW, place

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def last_blanket(counter):
    return make_variant(make_product("Last blanket"), stock=1)


def given_up_while_stripe_was_away(stripe, variant) -> tuple[Order, Payment]:
    """The buyer has paid, the shop could not know it and gave his pieces back."""
    order, payment = order_by_card(variant)
    stripe.pay(payment.session_id)
    stripe.fail_next("/v1/checkout/sessions/*", 503, times=2)
    assert reservations.release_expired(LATER) == 1
    return order, payment


def test_the_order_comes_back_while_its_pieces_are_there(stripe, last_blanket):
    order, payment = given_up_while_stripe_was_away(stripe, last_blanket)
    assert on_shelf(last_blanket) == (1, 0)

    payments.reconcile(LATER)

    order.refresh_from_db()
    assert (order.status, order.payment_status, order.number) == ("placed", "paid", "100001")
    assert on_shelf(last_blanket) == (1, 1)
    assert Reservation.objects.get().expires_at is None
    assert not Refund.objects.exists()


def test_sold_meanwhile_the_money_goes_back_by_itself(stripe, last_blanket):
    order, payment = given_up_while_stripe_was_away(stripe, last_blanket)
    place(last_blanket, email="ben@example.com")

    payments.reconcile(LATER)

    order.refresh_from_db()
    payment.refresh_from_db()
    assert (order.status, order.payment_status, order.number) == ("cancelled", "refunded", None)
    assert (payment.status, payment.captured, payment.refunded) == ("captured", order.total, order.total)
    assert stripe.refunded() == stripe.captured() == order.total
    assert history(order) == ["created", "cancelled", "incident", "refunded"]
    assert on_shelf(last_blanket) == (1, 1)


def test_the_buyer_is_told_once_that_his_money_comes_back(stripe, last_blanket):
    order, payment = given_up_while_stripe_was_away(stripe, last_blanket)
    place(last_blanket, email="ben@example.com")

    payments.reconcile(LATER)
    payments.settle(payment, stripe.sessions[payment.session_id], LATER)

    letters = Mail.objects.filter(to="ada@example.com")
    assert [letter.key for letter in letters] == [f"order-refunded:{Refund.objects.get().pk}"]
    assert len(stripe.refunds) == 1


def test_a_cart_that_was_ordered_anew_keeps_its_one_order(stripe, blanket):
    order, payment = given_up_while_stripe_was_away(stripe, blanket)
    again = place(cart=order.cart)

    payments.reconcile(LATER)

    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("cancelled", "refunded")
    assert Order.objects.placed().get() == again
    assert stripe.refunded() == order.total


def test_a_refund_that_stripe_cannot_take_yet_is_repeated_by_the_clock(stripe, last_blanket):
    order, payment = given_up_while_stripe_was_away(stripe, last_blanket)
    place(last_blanket, email="ben@example.com")
    stripe.fail_next("/v1/refunds", "drop", times=2)

    payments.reconcile(LATER)
    assert Refund.objects.get().status == Refund.Status.REQUESTED
    payments.reconcile(LATER + timedelta(minutes=5))

    order.refresh_from_db()
    assert order.payment_status == "refunded"
    assert len(stripe.refunds) == 1


def test_paid_in_the_last_second_of_the_hold_is_simply_paid(stripe, last_blanket):
    order, payment = order_by_card(last_blanket)
    stripe.pay(payment.session_id)

    assert reservations.release_expired(NOW + timedelta(minutes=41)) == 0

    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("placed", "paid")
