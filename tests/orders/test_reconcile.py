"""Nothing that money depends on relies on being told."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from orders.actions import payments
from orders.actions.payments.effects import KNOWN
from orders.models import Order, Payment, ProviderEvent, Refund
from tests.orders.card import on_shelf, order_by_card, paid_by_card
from tests.orders.conftest import NOW, place

pytestmark = pytest.mark.django_db

SESSIONS = "/v1/checkout/sessions/*"
FIVE = timedelta(minutes=5)


def test_a_lost_webhook_costs_less_than_ten_minutes(stripe, blanket):
    order, payment = order_by_card(blanket)
    stripe.pay(payment.session_id)

    found = [payments.reconcile(NOW + tick * FIVE) for tick in range(3)]

    order.refresh_from_db()
    assert found == [0, 1, 0]
    assert (order.status, order.payment_status) == ("placed", "paid")


def test_paid_later_it_is_found_at_the_next_tick(stripe, blanket):
    order, payment = order_by_card(blanket)
    payments.reconcile(NOW + FIVE)
    stripe.pay(payment.session_id)

    payments.reconcile(NOW + 2 * FIVE)

    order.refresh_from_db()
    assert order.payment_status == "paid"


def test_what_is_decided_is_not_asked_about_again(stripe, blanket):
    paid_by_card(stripe, blanket)
    gone, _ = order_by_card(blanket, email="ben@example.com")
    payments.give_up(gone, NOW)
    asked = len(stripe.calls_to("GET", SESSIONS))

    payments.reconcile(NOW + FIVE)

    assert len(stripe.calls_to("GET", SESSIONS)) == asked


def test_questions_are_paced(stripe, blanket):
    order_by_card(blanket)

    payments.reconcile(NOW + FIVE)
    payments.reconcile(NOW + FIVE + timedelta(minutes=1))

    assert sum(call.method == "GET" and "/sessions/" in call.path for call in stripe.calls) == 1


def test_a_page_that_ran_out_gives_its_pieces_back(stripe, blanket):
    order, _ = order_by_card(blanket)
    later = NOW + timedelta(minutes=36)
    stripe.clock = later.timestamp

    payments.reconcile(later)

    order.refresh_from_db()
    assert order.status == Order.Status.CANCELLED
    assert on_shelf(blanket) == (10, 0)


def test_a_stripe_that_is_away_stops_the_round_and_nothing_is_lost(stripe, blanket):
    for number in range(3):
        _, payment = order_by_card(blanket, email=f"buyer{number}@example.com")
        stripe.pay(payment.session_id)
    stripe.fail_next("/v1/*", 503, times=2)

    assert payments.reconcile(NOW + FIVE) == 0
    assert payments.reconcile(NOW + 2 * FIVE) == 3


def test_one_payment_that_cannot_be_handled_does_not_stop_the_others(stripe, blanket):
    broken, payment = order_by_card(blanket)
    Payment.objects.filter(pk=payment.pk).update(session_id="not a session")
    _, second = order_by_card(blanket, email="ben@example.com")
    stripe.pay(second.session_id)

    assert payments.reconcile(NOW + FIVE) == 1


def test_a_crash_before_the_answer_was_stored_leaves_nothing_hanging(stripe, blanket):
    order, payment = order_by_card(blanket)
    Payment.objects.update(session_id=None, session_url="")
    later = NOW + timedelta(minutes=41)

    payments.reconcile(later)
    call_command("release_reservations", "--at", later.isoformat())

    order.refresh_from_db()
    assert order.status == Order.Status.CANCELLED
    assert on_shelf(blanket) == (10, 0)


def test_events_that_never_arrived_are_fetched(stripe, blanket):
    """A refund in Stripe's dashboard, while our webhook was down."""
    order, payment = paid_by_card(stripe, blanket)
    stripe_refund(stripe, payment)

    payments.reconcile(NOW + FIVE)
    payments.process_events(NOW + FIVE)

    order.refresh_from_db()
    assert order.payment_status == "refunded"
    assert set(ProviderEvent.objects.values_list("type", flat=True)) <= set(KNOWN)


def test_the_books_agree_with_stripe(stripe, blanket):
    _, first = paid_by_card(stripe, blanket)
    _, second = order_by_card(blanket, email="ben@example.com")
    stripe.pay(second.session_id)
    stripe_refund(stripe, first, 700)

    payments.reconcile(NOW + FIVE)
    payments.process_events(NOW + FIVE)

    ours = Payment.objects.filter(status="captured")
    assert sum(payment.captured - payment.refunded for payment in ours) == stripe.captured() - stripe.refunded()


def test_a_shop_without_stripe_asks_nobody(settings, stripe, blanket):
    order_by_card(blanket)
    asked = len(stripe.calls)
    settings.STRIPE_SECRET_KEY = ""

    assert payments.reconcile(NOW + FIVE) == 0
    assert len(stripe.calls) == asked


def test_the_command_says_what_it_found(stripe, blanket, capsys):
    _, payment = order_by_card(blanket)
    stripe.pay(payment.session_id)

    call_command("reconcile_payments", "--at", (NOW + FIVE).isoformat())

    assert capsys.readouterr().out.startswith("1 ")


def test_money_from_the_bank_is_nothing_to_ask_stripe_about(stripe, blanket):
    place(blanket)

    payments.reconcile(NOW + FIVE)

    assert not [call for call in stripe.calls if "/events" not in call.path]
    assert not Refund.objects.exists()


def stripe_refund(stripe, payment, amount: int | None = None) -> None:
    """Somebody clicks on Refund in Stripe's own dashboard."""
    from orders import providers

    wish = {"payment_intent": payment.intent_id, **({"amount": amount} if amount else {})}
    providers.create_refund(wish, f"mouse-{payment.pk}")
