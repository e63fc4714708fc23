"""Ending an order that is not to be paid any more."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from orders import providers
from orders.actions import withdrawing
from orders.actions.history import in_our_language
from orders.actions.payments.asking import act_on, ask
from orders.actions.payments.fate import Fate
from orders.actions.payments.trouble import PaymentUnavailable
from orders.models import Order, Payment

logger = logging.getLogger(__name__)

# How long after the end of its page a payment waits for a Stripe that does not answer.
PATIENCE = timedelta(hours=1)


def give_up(order: Order, now: datetime | None = None, reason: str = "") -> bool:
    """Close a pending order's payment page, then cancel the order and put its pieces back on sale.

    False when that came too late: it was paid and is settled now, or the buyer's bank is still at work. The given
    instance is brought up to date. Raises PaymentUnavailable, and nothing has changed then; but an hour after the
    page's end nobody can pay any more, and the order is given up without an answer (`reconcile` asks on).
    """
    now = now or timezone.now()
    asked = order.payments.filter(status=Payment.Status.PENDING, session_id__isnull=False, closed_at=None).first()
    if asked is None or _is_closed(asked, now):
        with in_our_language():
            withdrawing.withdraw(order, reason or _("not paid"), now)
    order.refresh_from_db()
    return order.status == Order.Status.CANCELLED


def _is_closed(payment: Payment, now: datetime) -> bool:
    try:
        fate = ask(payment, now)
        if fate is Fate.OPEN:
            fate = _close(payment, now)
    except PaymentUnavailable as trouble:
        if payment.expires_at + PATIENCE > now:
            raise
        logger.warning("Payment %s is given up without asking: %s", payment.pk, trouble)
        return True
    return fate is Fate.DEAD


def _close(payment: Payment, now: datetime) -> Fate:
    try:
        session = providers.expire_session(payment.session_id)
    except providers.Refused:
        # Paid, or run out, in this very moment.
        return ask(payment, now)
    return act_on(payment, session, now)
