"""What came of each payment stands in a ledger, and a dispute before a person."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from orders.actions import payments, refunds
from orders.models import Payment, PaymentEvent
from orders.queries.payment_ledger import sums_of
from tests.makers import make_product, make_variant
from tests.orders.card import paid_by_card
from tests.orders.conftest import NOW, place


def ledger(payment) -> list[tuple]:
    return list(payment.events.values_list("kind", "amount", "reference"))


def test_the_sums_of_a_payment_follow_from_its_events(stripe, blanket):
    _order, payment = paid_by_card(stripe, blanket)
    payments.check(payment, NOW)
    refund = refunds.refund(payment, 1000, "a stain", now=NOW)
    payment.refresh_from_db()

    assert ledger(payment) == [
        ("captured", 5390, payment.intent_id),
        ("refund_asked", 1000, f"refund {refund.pk}"),
        ("refunded", 1000, refund.provider_id),
    ]
    sums = sums_of(payment.events.all())
    assert (sums.captured, sums.refunded, sums.kept) == (payment.captured, payment.refunded, 4390)


def test_a_transfer_is_written_down_with_what_the_bank_calls_it(blanket):
    order = place(blanket)
    payments.mark_paid(order, now=NOW, reference="2026-03-02/17")

    assert ledger(order.payments.get()) == [("captured", 5390, "2026-03-02/17")]


def dispute(payment, status="needs_response", **fields) -> dict:
    told = {"id": "dp_1", "object": "dispute", "amount": 5390, "currency": "eur", "reason": "fraudulent"}
    return told | {"payment_intent": payment.intent_id, "status": status} | fields


@pytest.mark.parametrize(("ends", "kept"), [("won", 5390), ("lost", 0)])
def test_a_dispute_is_put_before_a_person_once_and_its_end_too(stripe, blanket, ends, kept):
    order, payment = paid_by_card(stripe, blanket)
    due = {"evidence_details": {"due_by": 1_773_000_000}}
    news = [
        stripe.event("charge.dispute.created", dispute(payment, **due)),
        stripe.event("charge.dispute.updated", dispute(payment, **due)),
        stripe.event("charge.dispute.closed", dispute(payment, ends)),
        stripe.event("charge.dispute.closed", dispute(payment, ends), id="evt_again"),
    ]

    for told in news:
        payments.process_event(payments.receive_event(*told, NOW).pk, NOW)

    told = list(order.events.filter(type="incident").values_list("text", flat=True))
    assert len(told) == 2
    assert "€53.90" in told[0] and "fraudulent" in told[0]
    assert sums_of(payment.events.all()).kept == kept
    assert PaymentEvent.objects.filter(reference="dp_1").count() == 2


@pytest.mark.parametrize("column", ["authorised", "captured", "cancelled", "refunded"])
def test_the_database_refuses_a_sum_that_is_not_its_events(stripe, blanket, column):
    _order, payment = paid_by_card(stripe, blanket)

    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(**{column: F(column) + 1})
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(order=payment.order, method="card", amount=1, currency="EUR", **{column: 1})


def test_the_database_refuses_to_change_or_delete_what_happened(stripe, blanket):
    _order, payment = paid_by_card(stripe, blanket)

    for act in (lambda events: events.update(amount=1), lambda events: events._raw_delete(events.db)):
        with pytest.raises(IntegrityError), transaction.atomic():
            act(PaymentEvent.objects.filter(payment=payment))

    payment.refresh_from_db()
    assert sums_of(payment.events.all()).captured == payment.captured == 5390


def test_whatever_is_written_moves_the_sums_along(blanket):
    payment = place(blanket).payments.get()
    rows = [("authorised", 900), ("captured", 700), ("cancelled", 200), ("refund_asked", 300), ("refund_failed", 100)]
    PaymentEvent.objects.bulk_create(PaymentEvent(payment=payment, kind=kind, amount=sum_) for kind, sum_ in rows)

    payment.refresh_from_db()
    assert (payment.authorised, payment.captured, payment.cancelled, payment.refunded) == (900, 700, 200, 200)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentEvent.objects.create(payment=payment, kind="refund_asked", amount=501)


def test_a_lost_dispute_blocks_the_gift_cards_that_the_order_bought(stripe, counter):
    gift = make_variant(make_product("Gift card", kind="gift_card"), price=5390, tracks_stock=False)
    order, payment = paid_by_card(stripe, gift)
    card = order.lines.get().gift_cards.get()

    for told in (dispute(payment), dispute(payment, "won")):
        news = stripe.event("charge.dispute.closed", told, id=f"evt_{told['status']}")
        payments.process_event(payments.receive_event(*news, NOW).pk, NOW)
    card.refresh_from_db()
    assert (card.balance, card.is_blocked) == (5390, False)
    news = stripe.event("charge.dispute.closed", dispute(payment, "lost") | {"id": "dp_2"}, id="evt_lost")
    payments.process_event(payments.receive_event(*news, NOW).pk, NOW)

    card.refresh_from_db()
    assert (card.balance, card.is_blocked) == (0, True)
