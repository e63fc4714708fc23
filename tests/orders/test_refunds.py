"""Never more goes back than came in, each wish once, and what Stripe does without us is known too."""

from datetime import timedelta

import pytest

from catalog.models import StockMovement
from customers.models import Mail
from orders.actions import payments, refunds
from orders.actions.refunds import RefundTooLarge, refund
from orders.actions.shipping import ship
from orders.models import Refund
from tests.makers import make_customer
from tests.orders.card import history, on_shelf, order_by_card, paid_by_card
from tests.orders.conftest import NOW, place

pytestmark = pytest.mark.django_db

REFUNDS = "/v1/refunds"
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def paid(stripe, blanket):
    """A blanket and its delivery, paid by card: 53.90 euros."""
    return paid_by_card(stripe, blanket)


def test_a_part_goes_back(stripe, paid):
    order, payment = paid
    clerk = make_customer()

    done = refund(payment, 1000, "a stain", actor=clerk, now=NOW)

    order.refresh_from_db()
    payment.refresh_from_db()
    assert (done.status, done.actor) == (Refund.Status.SUCCEEDED, clerk)
    assert order.payment_status == "partly_refunded"
    assert payment.refunded == stripe.refunded() == 1000
    assert Mail.objects.filter(key=f"order-refunded:{done.pk}", to=order.email).count() == 1
    assert history(order)[-1] == "refunded"


def test_all_of_it_in_two_parts(stripe, paid):
    order, payment = paid

    refund(payment, 1000, "a stain", now=NOW)
    refund(payment, order.total - 1000, "and a hole", now=NOW)

    order.refresh_from_db()
    assert order.payment_status == "refunded"
    assert stripe.refunded() == stripe.captured()


def test_more_than_is_left_changes_nothing(stripe, paid):
    order, payment = paid
    refund(payment, 1000, "a stain", now=NOW)

    with pytest.raises(RefundTooLarge) as refusal:
        refund(payment, order.total - 999, "greed", now=NOW)

    payment.refresh_from_db()
    assert refusal.value.available == order.total - 1000
    assert payment.refunded == stripe.refunded() == 1000
    assert Refund.objects.count() == 1


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_and_less_cannot_go_back(stripe, paid, amount):
    with pytest.raises(ValueError, match="at least one"):
        refund(paid[1], amount, "", now=NOW)
    assert not Refund.objects.exists()


def test_what_was_not_paid_cannot_go_back(stripe, blanket):
    _, payment = order_by_card(blanket)

    with pytest.raises(RefundTooLarge):
        refund(payment, 1, "", now=NOW)


def test_money_from_the_bank_goes_back_by_hand(blanket):
    order = place(blanket)
    payments.mark_paid(order, now=NOW)

    done = refund(order.payments.get(), order.total, "came back", now=NOW)

    order.refresh_from_db()
    assert (done.status, order.payment_status) == (Refund.Status.SUCCEEDED, "refunded")


def test_what_stripe_refuses_is_said_and_not_counted(stripe, paid):
    order, payment = paid
    stripe.fail_next(REFUNDS, 402)

    done = refund(payment, 1000, "a stain", now=NOW)

    payment.refresh_from_db()
    order.refresh_from_db()
    assert done.status == Refund.Status.FAILED
    assert done.error
    assert (payment.refunded, order.payment_status) == (0, "paid")
    assert history(order)[-1] == "incident"
    assert not Mail.objects.filter(key__startswith="order-refunded").exists()


@pytest.mark.parametrize("how", ["drop", 503])
def test_a_lost_answer_is_asked_for_and_acts_once(stripe, paid, how):
    order, payment = paid
    stripe.fail_next(REFUNDS, how, times=2)
    assert refund(payment, 1000, "a stain", now=NOW).status == Refund.Status.REQUESTED

    payments.reconcile(LATER)
    payments.reconcile(LATER)

    assert Refund.objects.get().status == Refund.Status.SUCCEEDED
    assert stripe.refunded() == 1000
    assert len(stripe.refunds) == 1


def test_a_lost_answer_acts_once_even_after_stripe_forgot_the_key(stripe, paid):
    _, payment = paid
    stripe.fail_next(REFUNDS, "drop", times=2)
    refund(payment, 1000, "a stain", now=NOW)
    stripe.forget_idempotency()

    payments.reconcile(NOW + timedelta(days=2))

    assert stripe.refunded() == 1000
    assert Refund.objects.get().status == Refund.Status.SUCCEEDED


def test_a_fault_that_stripe_repeats_for_its_key_does_not_last(stripe, paid):
    _, payment = paid
    stripe.fail_next(REFUNDS, 500, kept=True)
    assert refund(payment, 1000, "a stain", now=NOW).status == Refund.Status.REQUESTED

    payments.reconcile(LATER)

    assert Refund.objects.get().status == Refund.Status.SUCCEEDED


def test_held_goods_go_back_on_sale_and_are_packed_by_nobody(stripe, blanket):
    order, payment = paid_by_card(stripe, (blanket, 2))

    refund(payment, order.total, "changed his mind", restock=True, now=NOW)

    order.refresh_from_db()
    assert on_shelf(blanket) == (10, 0)
    assert order.fulfilment_status == "not_needed"


def test_sent_goods_come_back_to_the_shelf_once(stripe, blanket):
    order, payment = paid_by_card(stripe, (blanket, 2))
    ship(order, tracking_number="1", now=NOW)

    refund(payment, 4900, "came back", restock=True, now=NOW)
    refund(payment, 4900, "and the rest", restock=True, now=NOW)

    assert on_shelf(blanket) == (10, 0)
    assert StockMovement.objects.filter(reason="returned", document=order.number).count() == 1


def test_without_restock_the_shelf_is_left_alone(stripe, blanket):
    order, payment = paid_by_card(stripe, (blanket, 2))

    refund(payment, order.total, "keep it", now=NOW)

    assert on_shelf(blanket) == (10, 2)


def test_a_refund_made_at_stripe_is_recorded_here(stripe, paid):
    order, payment = paid
    with_the_mouse(stripe, payment, 1500)

    refunds.learn(payment, NOW)
    refunds.learn(payment, NOW)

    order.refresh_from_db()
    payment.refresh_from_db()
    assert (payment.refunded, order.payment_status) == (1500, "partly_refunded")
    assert Refund.objects.get().provider_id in stripe.refunds


def test_refunding_what_was_refunded_at_stripe_fails_and_learns_of_it(stripe, paid):
    order, payment = paid
    with_the_mouse(stripe, payment, order.total)

    done = refund(payment, order.total, "came back", now=NOW)

    payment.refresh_from_db()
    order.refresh_from_db()
    assert done.status == Refund.Status.FAILED
    assert (payment.refunded, order.payment_status) == (order.total, "refunded")
    assert stripe.refunded() == order.total


def with_the_mouse(stripe, payment, amount: int) -> None:
    """Somebody clicks on Refund in Stripe's own dashboard."""
    from orders import providers

    providers.create_refund({"payment_intent": payment.intent_id, "amount": amount}, f"mouse-{amount}")
