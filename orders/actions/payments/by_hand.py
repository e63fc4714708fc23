"""Money that a person saw: on the bank's statement, or at the door."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from customers.models import Customer
from orders.actions import placing
from orders.actions.locking import lock
from orders.actions.payment_ledger import record
from orders.actions.supplements import settling
from orders.models import Order, Payment, PaymentEvent, PaymentMethod


@transaction.atomic
def mark_paid(order: Order, actor: Customer | None = None, now: datetime | None = None, reference: str = "") -> bool:
    """The money of a bank transfer or of a payment on delivery is here; `order_paid` is announced.

    `reference` is what the bank calls it, for the ledger.

    False, and nothing changed, for card payments (only Stripe says so), orders that are not placed, and the second
    time. The given instance is brought up to date.
    """
    now = now or timezone.now()
    waiting = order.payments.filter(status=Payment.Status.PENDING).exclude(method=PaymentMethod.Code.CARD).first()
    paid = waiting is not None and _receive(waiting, actor, now, reference)
    order.refresh_from_db()
    return paid


def _receive(payment: Payment, actor: Customer | None, now: datetime, reference: str) -> bool:
    if payment.supplement_id:
        return settling.take(payment, actor, now, reference)
    order, payment = lock(payment)
    if order.status != Order.Status.PLACED:
        return False
    changed = Payment.objects.filter(pk=payment.pk, status=Payment.Status.PENDING).update(
        status=Payment.Status.CAPTURED, captured_at=now, closed_at=now
    )
    if changed:
        record(payment, PaymentEvent.Kind.CAPTURED, payment.amount, now, reference, str(actor or ""))
    return bool(changed) and placing.note_paid(order, now, actor, text=payment.get_method_display())
