"""Every order's money against Stripe's: what differs is told, and mended where Stripe's word is enough."""

from datetime import timedelta

from orders.actions import money_check, refunds
from orders.actions.payment_ledger import record
from orders.models import CreditAccount, Order, PaymentEvent
from tests.makers import make_gift_card
from tests.orders.card import order_by_card, paid_by_card
from tests.orders.conftest import NOW, place

LATER = NOW + timedelta(hours=1)


def whats(check) -> list[str]:
    return sorted(drift["what"] for drift in check.drifts)


def test_a_shop_whose_books_agree_hears_so(stripe, blanket):
    _order, payment = paid_by_card(stripe, blanket)
    refunds.refund(payment, 500, "a stain", now=NOW)
    refunds.refund(payment, 700, "kind", now=NOW, to_credit=True)
    make_gift_card()

    check = money_check.check(LATER)

    assert (check.drifts, check.asked, check.payments) == ([], True, 1)


def test_money_that_nobody_told_us_of_is_found_and_settled(stripe, blanket):
    order, payment = order_by_card(blanket)
    stripe.pay(payment.session_id)
    # Its message was lost, and so was the job that asks.
    first = money_check.check(LATER)
    mended = money_check.check(LATER, mend=True)

    order.refresh_from_db()
    assert (whats(first), mended.drifts, mended.mended) == (["stray"], [], 1)
    assert (order.status, order.payment_status) == ("placed", "paid")


def test_sums_that_were_tampered_with_are_told_and_follow_their_ledgers_again(stripe, blanket):
    order, payment = paid_by_card(stripe, blanket)
    card = make_gift_card(3000)
    record(payment, PaymentEvent.Kind.REFUND_ASKED, 400, NOW)
    CreditAccount.objects.filter(pk=card.pk).update(balance=9999)

    first = money_check.check(LATER)
    mended = money_check.check(LATER, mend=True)

    card.refresh_from_db()
    payment.refresh_from_db()
    assert whats(first) == ["credit", "refund sum", "refunded"]
    assert (mended.drifts, card.balance, payment.refunded) == ([], 3000, 0)


def test_a_paid_order_without_money_stays_before_a_person(stripe, blanket):
    order = place(blanket)
    Order.objects.filter(pk=order.pk).update(payment_status="paid", paid_at=NOW)

    assert whats(money_check.check(LATER, mend=True)) == ["unpaid"]


def test_without_stripe_our_own_sums_are_still_compared(stripe, blanket):
    paid_by_card(stripe, blanket)
    stripe.fail_next("/v1/charges", 503, times=9)

    check = money_check.check(LATER)

    assert (check.asked, check.drifts) == (False, [])
