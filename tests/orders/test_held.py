"""Money that a card holds until the first parcel leaves: taken once, in part, let go, or lapsed and said plainly."""

from datetime import timedelta
from time import time

import pytest

from catalog.models import Variant
from customers.models import Mail
from orders import providers
from orders.actions import cancelling, dispatching, money_check, payments, refunds, shipping
from orders.actions.amendments import IsPaid, IsSettled, Wish, amend, cancel_lines
from orders.queries.office import VIEWS, waiting
from orders.tokens import token_for
from tests.orders.card import BACK, CANCEL, charge_with_the_parcel, held_by_card, history, on_shelf, order_by_card
from tests.orders.conftest import NOW, place

HOUR = timedelta(hours=1)
LATE = NOW + timedelta(days=7)


@pytest.fixture
def till(stripe, blanket):
    """A shop that charges cards when the parcel leaves."""
    charge_with_the_parcel()
    return stripe


def sums(payment) -> tuple[int, int, int]:
    payment.refresh_from_db()
    return payment.authorised, payment.captured, payment.cancelled


def test_the_card_holds_the_money_and_is_charged_with_the_first_parcel(till, blanket):
    order, payment = held_by_card(till, (blanket, 2))
    assert (order.status, order.payment_status, order.paid_at) == ("placed", "authorised", None)
    assert (till.held(), till.captured()) == (order.total, 0)
    assert on_shelf(blanket) == (10, 2)
    assert payment.capture_before == NOW + timedelta(days=7)

    parcel = dispatching.dispatch(order, now=NOW + HOUR, pieces={order.lines.get().pk: 1})

    assert (order.payment_status, order.fulfilment_status) == ("paid", "partly")
    assert (till.held(), till.captured()) == (0, order.total)
    assert sums(payment) == (order.total, order.total, 0)
    assert history(order) == ["created", "placed", "held", "paid", "shipped"]
    dispatching.dispatch(order, now=NOW + HOUR)
    assert order.shipments.count() == 2 and parcel.lines.get().quantity == 1
    assert till.captured() == order.total


def test_what_was_cancelled_before_is_never_charged(till, blanket):
    order, payment = held_by_card(till, (blanket, 2))
    cancel_lines(order, {order.lines.get().pk: 1}, "one is enough", now=NOW)
    assert (order.total, order.payment_status, till.refunded()) == (5390, "authorised", 0)

    dispatching.dispatch(order, now=NOW + HOUR)
    refunds.learn(payment, NOW + HOUR)

    assert (till.captured(), till.held(), till.refunded()) == (5390, 0, 0)
    assert sums(payment) == (10290, 5390, 4900)
    assert (payment.refunded, payment.refunds.count()) == (0, 0)
    assert money_check.check(NOW + 2 * HOUR).drifts == []


def test_more_than_the_card_holds_is_not_agreed(till, blanket):
    order, _payment = held_by_card(till, blanket)

    with pytest.raises(IsPaid):
        amend(order, Wish({order.lines.get().pk: 2}), "one more", now=NOW)

    order.refresh_from_db()
    assert order.total == 5390


def test_called_off_before_the_parcel_the_card_is_never_charged(till, blanket):
    order, payment = held_by_card(till, blanket)

    cancelling.cancel(order, "changed his mind", now=NOW)

    payment.refresh_from_db()
    assert (order.status, order.payment_status) == ("cancelled", "unpaid")
    assert (till.held(), till.captured(), till.refunded()) == (0, 0, 0)
    assert (payment.status, sums(payment)) == ("cancelled", (5390, 0, 5390))
    assert on_shelf(blanket) == (10, 0)
    assert "Nothing was charged" in Mail.objects.get(key=f"order-cancelled:{order.pk}").text


def test_while_stripe_is_away_the_clock_lets_go_later(till, blanket):
    order, payment = held_by_card(till, blanket)
    till.fail_next("/v1/payment_intents/*/cancel", 503, times=2)

    cancelling.cancel(order, "changed his mind", now=NOW)
    assert till.held() == 5390
    payments.reconcile(NOW + HOUR)

    assert till.held() == 0
    assert sums(payment) == (5390, 0, 5390)


def test_no_money_is_taken_for_a_parcel_that_cannot_leave(till, blanket):
    order, _payment = held_by_card(till, blanket)
    Variant.objects.filter(pk=blanket.pk).update(released_on=NOW.date() + timedelta(days=90))

    with pytest.raises(shipping.TooEarly):
        dispatching.dispatch(order, now=NOW)

    assert till.captured() == 0


def test_no_parcel_leaves_while_the_card_was_not_charged(till, blanket):
    order, _payment = held_by_card(till, blanket)
    till.fail_next("/v1/payment_intents/*/capture", "drop", times=2)

    with pytest.raises(payments.PaymentUnavailable):
        dispatching.dispatch(order, now=NOW)
    assert (order.shipments.count(), on_shelf(blanket)) == (0, (10, 1))
    # It was taken all the same, and the answer lost: the clock hears of it, and the next press sends the parcel.
    payments.reconcile(NOW + HOUR)
    order.refresh_from_db()
    assert (order.payment_status, till.captured()) == ("paid", 5390)
    dispatching.dispatch(order, now=NOW + HOUR)
    assert (order.fulfilment_status, till.captured()) == ("fulfilled", 5390)


def test_what_lapses_soon_stands_on_the_desk_and_what_has_lapsed_is_said_plainly(till, blanket):
    order, payment = held_by_card(till, blanket)
    today = NOW.date()
    assert (waiting(today).lapsing, waiting(today + timedelta(days=5)).lapsing) == (0, 1)
    assert VIEWS["lapsing"](type(order).objects, today + timedelta(days=5)).get() == order

    till.clock = (NOW + timedelta(days=7)).timestamp
    told = till.lapse_due()[-1]
    event = payments.receive_event(*told, NOW + timedelta(days=7))
    payments.process_event(event.pk, NOW + timedelta(days=7))

    order.refresh_from_db()
    assert (order.status, order.payment_status, sums(payment)) == ("placed", "unpaid", (5390, 0, 5390))
    assert "does not hold the money any more: €53.90" in order.events.get(type="incident").text
    assert "Please transfer" in Mail.objects.get(key=f"order-lapsed:{payment.pk}").text
    assert on_shelf(blanket) == (10, 1)
    with pytest.raises(shipping.NotPaid):
        dispatching.dispatch(order, now=NOW + timedelta(days=7))
    assert payments.mark_paid(order, now=NOW + timedelta(days=8))


@pytest.fixture
def lapsed(till, blanket):
    """An order whose card let go of the money after a week."""
    order, _payment = held_by_card(till, blanket)
    till.clock = LATE.timestamp
    event = payments.receive_event(*till.lapse_due()[-1], LATE)
    payments.process_event(event.pk, LATE)
    order.refresh_from_db()
    return order


def card_page(order, now):
    payments.turn_to_card(order, now)
    payments.begin_card_payment(order, BACK, CANCEL, now)
    return order.payments.get(status="pending")


def living(order) -> list[tuple[str, str]]:
    return list(order.payments.exclude(status="cancelled").values_list("method", "status"))


def test_a_card_that_let_go_may_be_asked_once_more_on_one_page(till, lapsed, blanket):
    first, again = card_page(lapsed, LATE), card_page(lapsed, LATE + HOUR / 4)
    assert (first.session_id, living(lapsed)) == (again.session_id, [("card", "pending")])
    with pytest.raises(IsSettled):
        amend(lapsed, Wish({lapsed.lines.get().pk: 2}), "two after all", now=LATE)

    till.pay(again.session_id)
    assert payments.check(again, LATE + HOUR / 4)

    lapsed.refresh_from_db()
    assert (lapsed.payment_status, living(lapsed)) == ("authorised", [("card", "authorised")])
    dispatching.dispatch(lapsed, now=LATE + HOUR)
    assert (till.captured(), on_shelf(blanket)) == (lapsed.total, (9, 0))
    with pytest.raises(payments.NotPayable):
        payments.turn_to_card(lapsed, LATE + HOUR)


def test_a_second_card_page_that_nobody_paid_on_leaves_the_transfer_as_it_was(till, lapsed, blanket):
    payment = card_page(lapsed, LATE)
    till.clock = (LATE + HOUR).timestamp

    payments.reconcile(LATE + HOUR)

    lapsed.refresh_from_db()
    assert (lapsed.status, lapsed.payment_status) == ("placed", "unpaid")
    assert (living(lapsed), on_shelf(blanket)) == ([("bank_transfer", "pending")], (10, 1))
    # A third try is another page.
    assert card_page(lapsed, LATE + HOUR).session_id != payment.session_id


def test_a_second_card_page_paid_after_the_order_was_called_off_takes_nothing(till, lapsed, blanket):
    payment = card_page(lapsed, LATE)
    cancelling.cancel(lapsed, "changed his mind", now=LATE)

    till.pay(payment.session_id)
    payments.check(payment, LATE)

    assert (till.held(), till.captured(), on_shelf(blanket)) == (0, 0, (10, 0))


def test_the_page_of_the_order_leads_to_the_second_card_page(client, till, lapsed):
    # The page goes by the clock on the wall.
    till.clock = time
    page = f"/orders/{token_for(lapsed)}/"
    assert f"{page}again/pay/" in client.get(page).content.decode()

    answer = client.post(f"{page}again/pay/")

    assert (answer.status_code, answer.url) == (303, lapsed.payments.get(status="pending").session_url)


def test_who_chose_a_transfer_himself_is_not_sent_to_a_card_page(till, blanket):
    with pytest.raises(payments.NotPayable):
        payments.turn_to_card(place(blanket), NOW)


@pytest.mark.parametrize("news", ["payment_intent.amount_capturable_updated", "checkout.session.completed"])
def test_any_news_of_the_hold_places_the_order_once(till, blanket, news):
    order, payment = order_by_card(blanket)
    till.pay(payment.session_id)
    told = till.signed(news)[0]
    if news.startswith("payment_intent"):
        # Its session is not known to be the payment's by its own name.
        assert payment.intent_id is None

    for _time in range(2):
        event = payments.receive_event(*told, NOW)
        if event:
            payments.process_event(event.pk, NOW)

    order.refresh_from_db()
    assert (order.payment_status, history(order)) == ("authorised", ["created", "placed", "held"])


def test_money_that_somebody_took_at_stripe_is_found_and_noted(till, blanket):
    order, payment = held_by_card(till, blanket)
    providers.capture(payment.intent_id, 5390, "by hand")
    assert [drift["what"] for drift in money_check.check(NOW + HOUR).drifts] == ["captured"]

    payments.process_event(payments.receive_event(*till.signed("charge.captured")[0], NOW).pk, NOW)

    order.refresh_from_db()
    assert (order.payment_status, sums(payment)) == ("paid", (5390, 5390, 0))
    assert money_check.check(NOW + HOUR).drifts == []


def test_a_hold_that_comes_too_late_is_let_go(till, blanket):
    order, payment = order_by_card((blanket, 10))
    till.pay(payment.session_id)
    till.fail_next("/v1/checkout/sessions/*", 503, times=2)
    late = NOW + timedelta(hours=2)
    assert payments.give_up(order, late)
    place((blanket, 1), now=late, email="ben@example.com")

    payments.reconcile(late)

    payment.refresh_from_db()
    assert (till.held(), till.captured(), payment.status) == (0, 0, "cancelled")
    assert sums(payment) == (order.total, 0, order.total)


def test_what_needs_no_parcel_is_charged_at_once(till, blanket, guide):
    order, payment = order_by_card(blanket, guide)
    till.pay(payment.session_id)
    payments.check(payment, NOW)

    order.refresh_from_db()
    assert (order.payment_status, till.captured()) == ("paid", order.total)
