"""Asking Stripe by ourselves: nothing that money depends on relies on being told."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import F, Q

from orders import providers
from orders.actions import refunds
from orders.actions.payments.effects import KNOWN
from orders.actions.payments.fate import Fate
from orders.actions.payments.looking import look
from orders.actions.payments.receiving import store
from orders.actions.payments.trouble import PaymentUnavailable
from orders.models import Payment, PaymentMethod, ProviderEvent, Refund

logger = logging.getLogger(__name__)

Status = Payment.Status
# Time for the buyer, his browser and the webhook to tell us themselves.
QUIET = timedelta(minutes=2)
# With a tick every five minutes, money that nobody told us of is found in less than ten.
PAUSE = timedelta(minutes=4)
# What is still open after a day changes slowly.
OLD, LONG_PAUSE = timedelta(days=1), timedelta(hours=1)
BATCH = 200
# Stripe keeps events for thirty days, and tries to deliver them for three.
MISSED_SINCE = timedelta(days=3)


def reconcile(now: datetime) -> int:
    """Ask about every open payment, send refunds whose answer was lost, fetch events that never arrived.

    Returns how many payments turned out to be paid. One that fails does not stop the others; while Stripe is away
    nothing is asked until the next tick.
    """
    for refund in _forgotten(now).exclude(payment__method=PaymentMethod.Code.CARD, to_credit=False)[:BATCH]:
        # What does not go by Stripe does not wait for it.
        _each(lambda refund=refund: refunds.send(refund, now=now))
    if not providers.is_configured():
        return 0
    paid = 0
    try:
        for payment in _open_payments(now):
            paid += _each(lambda payment=payment: look(payment, now) is Fate.PAID)
        for refund in _forgotten(now)[:BATCH]:
            _each(lambda refund=refund: refunds.send(refund, now=now, again=True))
        _each(lambda: _fetch_missed(now))
    except PaymentUnavailable as trouble:
        logger.warning("Stripe is away, payments are asked about later: %s", trouble)
    return paid


def _forgotten(now: datetime):
    """Refunds that were written down a while ago and not carried out."""
    return Refund.objects.filter(status=Refund.Status.REQUESTED, created_at__lte=now - QUIET)


def _open_payments(now: datetime):
    due = (
        Q(checked_at=None)
        | Q(checked_at__lte=now - PAUSE, created_at__gt=now - OLD) & ~Q(status=Status.AUTHORISED, capturing=None)
        | Q(checked_at__lte=now - LONG_PAUSE)
    )
    waiting = Payment.objects.filter(
        due,
        method=PaymentMethod.Code.CARD,
        status__in=[Status.PENDING, Status.AUTHORISED, Status.CANCELLED],
        session_id__isnull=False,
        closed_at=None,
        created_at__lte=now - QUIET,
    )
    return waiting.select_related("order").order_by(F("checked_at").asc(nulls_first=True))[:BATCH]


def _fetch_missed(now: datetime) -> None:
    events = providers.undelivered_events(KNOWN, now - MISSED_SINCE)
    ids = [event["id"] for event in events]
    known = set(
        ProviderEvent.objects.filter(provider=providers.name(), event_id__in=ids).values_list("event_id", flat=True)
    )
    for event in events:
        if event["id"] not in known:
            store(event, now)


def _each(act: Callable[[], object]) -> bool:
    try:
        return bool(act())
    except PaymentUnavailable:
        raise
    except Exception:
        logger.exception("A payment could not be reconciled")
        return False
