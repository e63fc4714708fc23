"""The money that a card held has been taken: by our wish, or by somebody at the provider itself."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.money import format_minor
from customers.models import Customer
from orders.actions import placing, refunds
from orders.actions.history import in_our_language, note
from orders.actions.locking import lock
from orders.actions.payment_ledger import record
from orders.actions.payments import addressing
from orders.actions.payments.money import NO_ADDRESS, bring_back, send_back
from orders.models import Order, OrderEvent, Payment, PaymentEvent, Refund

Kind = PaymentEvent.Kind


def take(
    payment: Payment, intent: dict, now: datetime, actor: Customer | None = None, session: dict | None = None
) -> None:
    """Note what was taken of a held payment and what was let go: its order is paid. Once, whoever tells of it.

    `intent` is Stripe's, and so is `session`, for an order that may still lack its address. Another amount than what is
    owed is put before a person; money of an order that was called off in that moment goes back by itself.
    """
    with in_our_language():
        refund = _take(payment, intent, now, actor, session)
    if refund:
        refunds.send(refund, now=now)


@transaction.atomic(durable=True)
def _take(payment: Payment, intent: dict, now: datetime, actor: Customer | None, session: dict | None) -> Refund | None:
    order, payment = lock(payment)
    if payment.status == Payment.Status.CAPTURED:
        return None
    received = intent["amount_received"]
    Payment.objects.filter(pk=payment.pk).update(
        status=Payment.Status.CAPTURED, captured_at=now, closed_at=now, intent_id=intent["id"]
    )
    record(payment, Kind.AUTHORISED, intent["amount"], now, intent["id"])
    record(payment, Kind.CAPTURED, received, now, intent["id"])
    if payment.held:
        record(payment, Kind.CANCELLED, payment.held, now, f"{intent['id']} let go")
    if session and not addressing.complete(order, payment, session, now):
        return send_back(order, payment, now, NO_ADDRESS)
    if order.status == Order.Status.CANCELLED and (order.placed_at or not bring_back(order, now)):
        return send_back(order, payment, now)
    placing.mark_placed(order, now)
    placing.note_paid(order, now, actor, text=_sum(payment, received))
    if received != payment.amount:
        words = {"taken": _sum(payment, received), "due": _sum(payment, payment.amount)}
        text = _(
            "%(taken)s was taken at Stripe where %(due)s was due: give back what is too much, or ask for the rest."
        )
        note(order, OrderEvent.Type.INCIDENT, now, text % words)
    return None


def _sum(payment: Payment, amount: int) -> str:
    return format_minor(amount, payment.currency, "en")
