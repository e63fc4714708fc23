"""Sending the texts that are due. It may run twice at once, be killed, or come late.

Nothing is sent inside a transaction. A second try first asks the provider what became of the one before.
"""

from datetime import datetime, timedelta
from time import monotonic

from django.db.models import F

from customers import texts
from customers.models import Text

ABANDONED_AFTER = timedelta(minutes=5)
MAX_ATTEMPTS = 6
LONGEST_PAUSE = timedelta(hours=1)
# News of an order that come later than this only puzzle.
STALE_AFTER = timedelta(days=2)
BATCH = 50
Status = Text.Status


def dispatch(now: datetime) -> int:
    """Send every text that is due; how many went out. No query without a provider."""
    if not texts.is_offered():
        return 0
    started, sent = monotonic(), 0
    Text.objects.filter(status=Status.CLAIMED, claimed_at__lt=now - ABANDONED_AFTER).update(status=Status.QUEUED)
    while batch := list(_due(now)):
        for text in batch:
            moment = now + timedelta(seconds=monotonic() - started)
            if not _claim(text, moment):
                continue
            try:
                sent += _send(text, moment)
            except texts.Away:
                # Nobody at home: the others would only wait for the same closed door.
                return sent
    return sent


def _due(now: datetime):
    return Text.objects.filter(status=Status.QUEUED, due_at__lte=now).order_by("due_at", "pk")[:BATCH]


def _claim(text: Text, moment: datetime) -> bool:
    text.attempts += 1
    return bool(
        Text.objects.filter(pk=text.pk, status=Status.QUEUED).update(
            status=Status.CLAIMED, claimed_at=moment, attempts=F("attempts") + 1
        )
    )


def _send(text: Text, moment: datetime) -> bool:
    if moment - text.created_at > STALE_AFTER:
        _mark(text, Status.FAILED, error=text.error or "too late")
        return False
    told = (text.to, text.words, f"text-{text.pk}")
    try:
        reference = (text.attempts > 1 and texts.already_taken(*told)) or texts.hand_over(*told)
    except texts.Refused as error:
        _mark(text, Status.FAILED, error=str(error))
    except texts.Away as error:
        # Whoever waits for the provider has used up no try.
        _mark(text, Status.QUEUED, due_at=moment + _pause(text), error=str(error))
        raise
    except (texts.NotNow, texts.Unanswered) as error:
        if text.attempts >= MAX_ATTEMPTS:
            _mark(text, Status.FAILED, error=str(error))
        else:
            _mark(text, Status.QUEUED, due_at=moment + _pause(text), error=str(error))
    else:
        _mark(text, Status.SENT, sent_at=moment, reference=reference, error="")
        return True
    return False


def _pause(text: Text) -> timedelta:
    return min(timedelta(minutes=2 ** min(text.attempts - 1, 10)), LONGEST_PAUSE)


def _mark(text: Text, status: str, **changes) -> None:
    Text.objects.filter(pk=text.pk, status=Status.CLAIMED).update(status=status, **changes)
