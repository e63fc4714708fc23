"""The money of a supplement is here."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.money import format_minor
from customers.models import Customer
from orders.actions import refunds
from orders.actions.history import note
from orders.actions.invoicing.supplementing import issue_for
from orders.actions.locking import lock
from orders.actions.payment_ledger import record
from orders.models import Order, OrderEvent, Payment, PaymentEvent, Refund, Supplement

logger = logging.getLogger(__name__)
Status = Supplement.Status


def received(order: Order, payment: Payment, now: datetime, actor: Customer | None = None) -> Refund | None:
    """A step of taking money, under the order's lock; the payment is captured already.

    Money that nobody waits for any more (taken back, called off, or paid in another way before) is put on record and
    on its way back: the refund is for the caller to send.
    """
    settled = Supplement.objects.filter(pk=payment.supplement_id, status=Status.OPEN).update(
        status=Status.SETTLED, settled_at=now
    )
    if not settled:
        return _send_back(order, payment, now)
    Payment.objects.filter(supplement=payment.supplement_id, status=Payment.Status.PENDING, session_id=None).update(
        status=Payment.Status.CANCELLED
    )
    text = _("the supplement: %(sum)s") % {"sum": format_minor(payment.amount, payment.currency, "en")}
    note(order, OrderEvent.Type.PAID, now, text, actor)
    try:
        with transaction.atomic():
            issue_for(Supplement.objects.get(pk=payment.supplement_id), now)
    except Exception:
        # What goes wrong here must not undo the money: the clock writes it.
        logger.exception("The supplement of order %s could not be invoiced", order.pk)
    return None


@transaction.atomic
def mark_paid(supplement: Supplement, actor: Customer | None = None, now: datetime | None = None) -> bool:
    """Staff saw its money. False, and nothing changed, when it is not open, or the buyer is at the card page."""
    now = now or timezone.now()
    waiting = supplement.payments.filter(status=Payment.Status.PENDING, session_id=None).first()
    return waiting is not None and take(waiting, actor, now, "")


def take(payment: Payment, actor: Customer | None, now: datetime, reference: str) -> bool:
    """Its transfer is here, as a person or the bank says; once."""
    order, payment = lock(payment)
    if order.status != Order.Status.PLACED:
        return False
    changed = Payment.objects.filter(pk=payment.pk, status=Payment.Status.PENDING).update(
        status=Payment.Status.CAPTURED, captured_at=now, closed_at=now
    )
    if changed:
        record(payment, PaymentEvent.Kind.CAPTURED, payment.amount, now, reference, str(actor or ""))
        received(order, payment, now, actor)
    return bool(changed)


def _send_back(order: Order, payment: Payment, now: datetime) -> Refund:
    Payment.objects.filter(pk=payment.pk).update(is_surplus=True)
    note(order, OrderEvent.Type.INCIDENT, now, _("Paid for what was taken out again; the money goes back."))
    return refunds.request(payment, payment.amount, _("Paid for what was taken out again."), now=now)
