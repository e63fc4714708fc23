"""Acting on a stored event. It may come twice, late, out of order, or be poison: none of it stops the others."""

import logging
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from orders.actions.history import TEXT_LENGTH, in_our_language
from orders.actions.payments.effects import effect_of
from orders.actions.payments.trouble import PaymentUnavailable
from orders.models import ProviderEvent

logger = logging.getLogger(__name__)

Status = ProviderEvent.Status
MAX_ATTEMPTS = 5
BATCH = 500
# Whoever took it up and has not marked it by then is dead.
ABANDONED_AFTER = timedelta(minutes=2)


def process_event(pk: int, now: datetime | None = None) -> str:
    """Act on a stored event, once; returns its status afterwards. Never raises for what the event contains.

    While Stripe cannot be asked it stays waiting. An event that failed five times is set aside for a person.
    """
    _act_on(pk, now or timezone.now())
    return ProviderEvent.objects.values_list("status", flat=True).get(pk=pk)


def process_events(now: datetime) -> int:
    """Act on every event that waits, oldest first, while Stripe answers; returns how many were looked at."""
    looked_at = 0
    for pk in list(_waiting(now).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        looked_at += 1
        if not _act_on(pk, now):
            break
    return looked_at


def _waiting(now: datetime):
    unclaimed = Q(claimed_at=None) | Q(claimed_at__lte=now - ABANDONED_AFTER)
    return ProviderEvent.objects.filter(unclaimed, status=Status.RECEIVED)


def _claim(pk: int, now: datetime) -> ProviderEvent | None:
    # An attempt is counted before it is made: what kills its worker is set aside as well.
    _waiting(now).filter(pk=pk, attempts__gte=MAX_ATTEMPTS).update(status=Status.SET_ASIDE)
    claimed = _waiting(now).filter(pk=pk).update(claimed_at=now, attempts=F("attempts") + 1)
    return ProviderEvent.objects.get(pk=pk) if claimed else None


def _act_on(pk: int, now: datetime) -> bool:
    """False while Stripe is away."""
    event = _claim(pk, now)
    with in_our_language():
        return event is None or _process(event, now)


def _process(event: ProviderEvent, now: datetime) -> bool:
    try:
        status, outcome = effect_of(event, now)
    except PaymentUnavailable as trouble:
        # Not the event's fault, so it costs no attempt.
        _mark(event, Status.RECEIVED, f"Stripe is away: {trouble}", attempts=event.attempts - 1)
        return False
    except Exception as error:
        logger.exception("Event %s failed", event.event_id)
        status = Status.SET_ASIDE if event.attempts >= MAX_ATTEMPTS else Status.RECEIVED
        _mark(event, status, f"{type(error).__name__}: {error}")
    else:
        _mark(event, status, outcome, processed_at=now)
    return True


def _mark(event: ProviderEvent, status: str, outcome: str, **changes) -> None:
    # The claim stays, so that a waiting event rests for two minutes before its next attempt.
    text = outcome.replace("\x00", "")[:TEXT_LENGTH]
    ProviderEvent.objects.filter(pk=event.pk, status=Status.RECEIVED).update(status=status, outcome=text, **changes)
