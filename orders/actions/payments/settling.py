"""Taking money that was paid: the one door, for the webhook, the browser's return and our own questions."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.money import format_minor
from orders.actions import placing, refunds, saved_cards
from orders.actions.history import in_our_language
from orders.actions.locking import lock
from orders.actions.payment_ledger import record
from orders.actions.payments import addressing
from orders.actions.payments.fate import intent_id
from orders.actions.payments.money import NO_ADDRESS, bring_back, complaint_of, put_before_a_person, send_back
from orders.actions.supplements import settling as supplements
from orders.models import Order, Payment, PaymentEvent, Refund


def settle(payment: Payment, session: dict, now: datetime | None = None) -> bool:
    """Take the money of a paid session: the order is placed and paid. Returns whether its money is here.

    `session` is Stripe's, from a signed event or from our own question. Called again, from anywhere and at the same
    time, it changes nothing. Only the exact amount in the exact currency counts; anything else is an incident in the
    order's history. Money for an order that was given up brings it back while its pieces are there; if they are sold,
    it is kept on record and refunded by itself.
    """
    if session["payment_status"] != "paid":
        return False
    now = now or timezone.now()
    with in_our_language():
        received, refund = _take(payment, session, now)
    if refund:
        refunds.send(refund, now=now)
    return received


@transaction.atomic(durable=True)
def _take(payment: Payment, session: dict, now: datetime) -> tuple[bool, Refund | None]:
    order, payment = lock(payment)
    if complaint := complaint_of(order, payment, session):
        put_before_a_person(order, payment, session, complaint, now)
        return False, None
    if payment.status == Payment.Status.CAPTURED:
        return True, None
    Payment.objects.filter(pk=payment.pk).exclude(status=Payment.Status.CAPTURED).update(
        status=Payment.Status.CAPTURED,
        captured_at=now,
        closed_at=now,
        session_id=session["id"],
        intent_id=intent_id(session),
    )
    saved_cards.remember(order, session)
    record(payment, PaymentEvent.Kind.CAPTURED, payment.amount, now, intent_id(session) or session["id"])
    if not addressing.complete(order, payment, session, now):
        return True, send_back(order, payment, now, NO_ADDRESS)
    if payment.supplement_id:
        return True, supplements.received(order, payment, now)
    if order.status == Order.Status.CANCELLED and not bring_back(order, now):
        return True, send_back(order, payment, now)
    placing.mark_placed(order, now)
    placing.note_paid(order, now, text=format_minor(payment.amount, payment.currency, "en"))
    return True, None
