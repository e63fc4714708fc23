"""Asking what became of a payment, and taking at once what is only held until then."""

import logging
from datetime import datetime

from django.utils import timezone

from orders.actions.payments.asking import ask
from orders.actions.payments.capturing import NotTaken, carry_out
from orders.actions.payments.fate import Fate
from orders.actions.payments.trouble import PaymentUnavailable
from orders.models import Payment

logger = logging.getLogger(__name__)


def check(payment: Payment, now: datetime | None = None) -> bool:
    """The buyer is back: ask about his card payment and settle it. Returns whether its money is here, or held.

    Raises PaymentUnavailable; the webhook or the clock settles it then.
    """
    if payment.session_id and payment.closed_at is None:
        look(payment, now or timezone.now())
    payment.refresh_from_db()
    return payment.status in (Payment.Status.CAPTURED, Payment.Status.AUTHORISED)


def look(payment: Payment, now: datetime, session_id: str = "") -> Fate:
    """`ask`; and money that somebody began to take is taken. Raises PaymentUnavailable where nothing could be asked."""
    fate = ask(payment, now, session_id)
    payment.refresh_from_db()
    if fate is not Fate.HELD or payment.status != Payment.Status.AUTHORISED or payment.capturing is None:
        return fate
    try:
        carry_out(payment, now)
    except (NotTaken, PaymentUnavailable) as trouble:
        # The order stands, its money is held: a person was told, or the clock asks again.
        logger.warning("What is held for payment %s is not taken yet: %s", payment.pk, trouble)
        return Fate.HELD
    return Fate.PAID
