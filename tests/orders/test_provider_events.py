"""Events may come twice, late, out of order or be poison; what they do, they do once."""

from datetime import timedelta

import pytest

from orders.actions import payments
from orders.models import Order, Payment, ProviderEvent, Refund
from tests.orders.card import begin, history, on_shelf, order_by_card, paid_by_card
from tests.orders.conftest import NOW, place
from tests.stand_ins.stripe import cards

pytestmark = pytest.mark.django_db

Status = ProviderEvent.Status


def take_in(*signed, now=NOW) -> list[str]:
    """Receive events and process them; gives the status of each that was new."""
    stored = [payments.receive_event(payload, signature, now) for payload, signature in signed]
    return [payments.process_event(event.pk, now) for event in stored if event]


def test_a_paid_session_places_the_order(stripe, blanket):
    order, payment = order_by_card(blanket)

    (status,) = take_in(stripe.pay(payment.session_id)[-1])

    order.refresh_from_db()
    assert status == Status.DONE
    assert (order.status, order.payment_status) == ("placed", "paid")


def test_the_same_event_is_stored_once(stripe, blanket):
    _, payment = order_by_card(blanket)
    told = stripe.pay(payment.session_id)[-1]

    assert payments.receive_event(*told, NOW) is not None
    assert payments.receive_event(*told, NOW) is None
    assert ProviderEvent.objects.count() == 1


def test_a_processed_event_is_not_processed_again(stripe, blanket):
    order, payment = order_by_card(blanket)
    take_in(stripe.pay(payment.session_id)[-1])

    assert payments.process_event(ProviderEvent.objects.get().pk, NOW + timedelta(days=1)) == Status.DONE

    assert ProviderEvent.objects.get().attempts == 1
    assert history(order) == ["created", "placed", "paid"]


@pytest.mark.parametrize("turned", [False, True])
def test_events_may_come_in_any_order(stripe, blanket, turned):
    order, payment = order_by_card(blanket)
    stripe.pay(payment.session_id)
    intent = stripe.sessions[payment.session_id]["payment_intent"]
    at_stripe(intent, 1000)
    news = stripe.signed()

    take_in(*(reversed(news) if turned else news))

    order.refresh_from_db()
    payment.refresh_from_db()
    assert (order.status, order.payment_status) == ("placed", "partly_refunded")
    assert (payment.captured, payment.refunded) == (order.total, 1000)


def test_an_old_event_does_not_turn_a_paid_order_back(stripe, blanket):
    order, payment = paid_by_card(stripe, blanket)
    stale = dict(stripe.sessions[payment.session_id], status="expired", payment_status="unpaid")

    take_in(stripe.event("checkout.session.expired", stale))

    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("placed", "paid")


def test_an_expired_session_gives_the_pieces_back_at_once(stripe, blanket):
    order, payment = order_by_card(blanket)

    take_in(*stripe.expire(payment.session_id))

    order.refresh_from_db()
    assert order.status == Order.Status.CANCELLED
    assert on_shelf(blanket) == (10, 0)


@pytest.mark.parametrize("succeed", [True, False])
def test_a_late_method_is_settled_by_its_own_news(stripe, blanket, succeed):
    order, payment = order_by_card(blanket)
    take_in(*stripe.pay(payment.session_id, card=cards.SEPA))

    take_in(*stripe.settle(payment.session_id, succeed=succeed))

    order.refresh_from_db()
    assert order.status == ("placed" if succeed else "cancelled")


def test_a_kind_of_event_that_we_do_not_know_is_kept_and_ignored(stripe, blanket):
    order, _ = order_by_card(blanket)

    (status,) = take_in(stripe.event("customer.created", {"id": "cus_1"}))

    event = ProviderEvent.objects.get()
    assert (status, event.processed_at) == (Status.IGNORED, NOW)
    assert history(order) == ["created"]


def test_a_session_of_another_shop_on_the_account_is_ignored(stripe, blanket):
    _, payment = order_by_card(blanket)
    theirs = dict(stripe.sessions[payment.session_id], id="cs_theirs", metadata={}, payment_status="paid")

    assert take_in(stripe.event("checkout.session.completed", theirs)) == [Status.IGNORED]


def test_money_without_an_order_is_put_before_a_person(stripe, blanket):
    _, payment = order_by_card(blanket)
    ghost = dict(stripe.sessions[payment.session_id], id="cs_ghost", payment_status="paid")
    ghost["metadata"] = {"order": "6f1c2b50-0000-4000-8000-000000000000", "payment": "999"}

    assert take_in(stripe.event("checkout.session.completed", ghost)) == [Status.SET_ASIDE]
    assert "does not exist" in ProviderEvent.objects.get().outcome


def test_a_forged_amount_is_set_aside_and_an_incident(stripe, blanket):
    order, payment = order_by_card(blanket)

    (status,) = take_in(stripe.pay(payment.session_id, amount=1)[-1])

    order.refresh_from_db()
    assert (status, order.payment_status) == (Status.SET_ASIDE, "unpaid")
    assert history(order) == ["created", "incident"]


def test_money_for_a_session_whose_answer_was_lost_is_taken(stripe, blanket):
    order = place(blanket, payment="card")
    begin(order)
    session_id = order.payments.get().session_id
    Payment.objects.update(session_id=None, session_url="")

    assert take_in(stripe.pay(session_id)[-1]) == [Status.DONE]

    order.refresh_from_db()
    assert order.payment_status == "paid"
    assert order.payments.get().session_id == session_id


def test_a_poisonous_event_is_set_aside_and_does_not_stop_the_others(stripe, blanket):
    order, payment = order_by_card(blanket)
    poison = stripe.event("checkout.session.completed", {"no": "session"})
    good = stripe.pay(payment.session_id)[-1]
    for told in (poison, good):
        payments.receive_event(*told, NOW)

    for minute in range(0, 30, 3):
        payments.process_events(NOW + timedelta(minutes=minute))

    bad = ProviderEvent.objects.get(event_id=poison.body["id"])
    assert (bad.status, bad.attempts) == (Status.SET_ASIDE, 5)
    assert "KeyError" in bad.outcome
    order.refresh_from_db()
    assert order.payment_status == "paid"


def test_an_event_that_kills_its_worker_is_set_aside_in_the_end(stripe, blanket):
    payments.receive_event(*stripe.event("checkout.session.completed", {"no": "session"}), NOW)
    ProviderEvent.objects.update(attempts=5, claimed_at=NOW)

    payments.process_events(NOW + timedelta(minutes=3))

    event = ProviderEvent.objects.get()
    assert (event.status, event.attempts) == (Status.SET_ASIDE, 5)


def test_while_stripe_is_away_an_event_waits_without_losing_patience(stripe, blanket):
    _, payment = order_by_card(blanket)
    told = stripe.expire(payment.session_id)
    stripe.fail_next("/v1/checkout/sessions/*", 503, times=20)
    payments.receive_event(*told[0], NOW)

    for minute in range(0, 30, 3):
        payments.process_events(NOW + timedelta(minutes=minute))

    event = ProviderEvent.objects.get()
    assert (event.status, event.attempts) == (Status.RECEIVED, 0)
    payments.process_events(NOW + timedelta(hours=1))
    assert payments.process_event(event.pk, NOW) == Status.DONE


def test_while_stripe_is_away_the_others_do_not_wait_for_it_one_by_one(stripe, blanket):
    for number in range(3):
        _, payment = order_by_card(blanket, email=f"buyer{number}@example.com")
        payments.receive_event(*stripe.expire(payment.session_id)[0], NOW)
    stripe.fail_next("/v1/checkout/sessions/*", 503, times=2)

    assert payments.process_events(NOW) == 1
    assert payments.process_events(NOW) == 2


def test_two_workers_do_not_share_an_event(stripe, blanket):
    payments.receive_event(*stripe.event("customer.created", {"id": "cus_1"}), NOW)
    ProviderEvent.objects.update(claimed_at=NOW)

    assert payments.process_events(NOW + timedelta(minutes=1)) == 0
    assert payments.process_events(NOW + timedelta(minutes=3)) == 1


def test_a_refund_for_a_payment_of_another_shop_is_ignored(stripe, counter):
    told = stripe.event("charge.refunded", {"id": "ch_1", "payment_intent": "pi_unknown"})

    assert take_in(told) == [Status.IGNORED]
    assert not Refund.objects.exists()


def at_stripe(intent: str, amount: int) -> None:
    """Somebody clicks on Refund in Stripe's own dashboard."""
    from orders import providers

    providers.create_refund({"payment_intent": intent, "amount": amount}, f"mouse-{intent}")
