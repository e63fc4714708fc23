"""Taking the money that a card holds. The wish is a row first; the provider is asked outside of any transaction."""

import logging
import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.models import Customer
from orders import providers
from orders.actions.history import in_our_language, note
from orders.actions.locking import lock
from orders.actions.payments.asking import ask
from orders.actions.payments.fate import Fate
from orders.actions.payments.taking import take
from orders.models import Order, OrderEvent, Payment

logger = logging.getLogger(__name__)


class NotTaken(Exception):
    """The provider does not give what the card holds; `reason` is its own word for why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def capture(order: Order, actor: Customer | None = None, now: datetime | None = None) -> bool:
    """Take what is owed of the money that a card holds for a placed order; the rest is let go. Once, by many hands.

    Returns whether the order's money is here; the given instance is brought up to date. Raises NotTaken, and
    PaymentUnavailable where it may have been taken or not: the next call and the clock ask for the same again.
    """
    now = now or timezone.now()
    wish = _intend(order)
    if wish:
        carry_out(wish, now, actor)
    order.refresh_from_db()
    return order.payment_status in Order.MONEY_IS_THERE


@transaction.atomic(durable=True)
def _intend(order: Order) -> Payment | None:
    """Write down how much is taken, unless somebody did."""
    held = order.payments.filter(status=Payment.Status.AUTHORISED).first()
    if held is None:
        return None
    order, payment = lock(held)
    if payment.status != Payment.Status.AUTHORISED or order.status != Order.Status.PLACED:
        return None
    if payment.capturing is None:
        payment.capturing, payment.capture_key = payment.amount, uuid.uuid4()
        payment.save(update_fields=["capturing", "capture_key"])
    return payment


def carry_out(payment: Payment, now: datetime, actor: Customer | None = None) -> None:
    """Ask for what was written down. Raises as `capture`."""
    try:
        intent = providers.capture(payment.intent_id, payment.capturing, str(payment.capture_key))
    except providers.Refused as refusal:
        # Taken or let go of in this very moment; else the bank does not want.
        if ask(payment, now) is Fate.HELD:
            _give_up(payment, refusal, now)
            raise NotTaken(str(refusal)) from refusal
    except providers.Unavailable as trouble:
        if trouble.answered:
            # Stripe would repeat its own fault under this key for a day.
            Payment.objects.filter(pk=payment.pk, capture_key=payment.capture_key).update(capture_key=uuid.uuid4())
        raise
    else:
        take(payment, intent, now, actor)


@transaction.atomic
def _give_up(payment: Payment, refusal: providers.Refused, now: datetime) -> None:
    order, payment = lock(payment)
    logger.error("What is held for payment %s cannot be taken: %s", payment.pk, refusal)
    Payment.objects.filter(pk=payment.pk).update(capturing=None, capture_key=None)
    with in_our_language():
        text = _("The card could not be charged: %(error)s") % {"error": refusal}
        note(order, OrderEvent.Type.INCIDENT, now, text)
