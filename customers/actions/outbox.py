"""Sending the post that is due. It may run twice at once, be killed, or come late."""

from datetime import datetime, timedelta
from time import monotonic

from django.db.models import F

from customers.letters import Letter
from customers.models import Mail
from customers.post_office import Away, NotNow, Refused, Unanswered, hand_over, message_id

ABANDONED_AFTER = timedelta(minutes=10)
MAX_ATTEMPTS = 8
LONGEST_PAUSE = timedelta(hours=2)
BATCH = 50


def dispatch(now: datetime) -> int:
    """Send every mail that is due; returns how many went out.

    Nothing is sent inside a transaction. A mail that was taken up ten minutes ago and never marked goes again.
    """
    started = monotonic()
    Mail.objects.filter(status=Mail.Status.CLAIMED, claimed_at__lt=now - ABANDONED_AFTER).update(
        status=Mail.Status.QUEUED
    )
    sent = 0
    while batch := list(_due(now)[:BATCH]):
        for mail in batch:
            # The real time of the claim, however long the ones before it took.
            moment = now + timedelta(seconds=monotonic() - started)
            if not _claim(mail, moment):
                continue
            try:
                sent += _send(mail, moment)
            except Away:
                # Nobody at home: the others would only wait for the same closed door.
                return sent
    return sent


def _due(now: datetime):
    return Mail.objects.filter(status=Mail.Status.QUEUED, due_at__lte=now).order_by("due_at", "pk")


def _claim(mail: Mail, moment: datetime) -> bool:
    mail.attempts += 1
    return bool(
        Mail.objects.filter(pk=mail.pk, status=Mail.Status.QUEUED).update(
            status=Mail.Status.CLAIMED, claimed_at=moment, attempts=F("attempts") + 1
        )
    )


def _send(mail: Mail, moment: datetime) -> bool:
    try:
        letter = _drawn(mail)
    except Exception as error:
        # One letter that cannot be drawn must not stop those behind it.
        _mark(mail, Mail.Status.FAILED, error=f"{type(error).__name__}: {error}"[:500])
        return False
    try:
        number = hand_over(letter, mail.to, {"Message-ID": message_id("mail", mail.pk)})
    except Refused as error:
        _mark(mail, Mail.Status.FAILED, error=str(error))
    except Away as error:
        # No limit here: order mail waits as long as the server is away.
        _postpone(mail, moment, error)
        raise
    except (NotNow, Unanswered) as error:
        if mail.attempts >= MAX_ATTEMPTS:
            _mark(mail, Mail.Status.FAILED, error=str(error))
        else:
            _postpone(mail, moment, error)
    else:
        _mark(mail, Mail.Status.SENT, sent_at=moment, provider_id=number, error="")
        return True
    return False


def _drawn(mail: Mail) -> Letter:
    """The letter; what goes out is what everybody reads from now on."""
    letter = Letter(mail.subject, mail.text, mail.html, mail.language)
    if mail.draft:
        Mail.objects.filter(pk=mail.pk).update(text=letter.text, html=letter.html, draft={})
    return letter


def _postpone(mail: Mail, moment: datetime, error: Exception) -> None:
    pause = min(timedelta(minutes=2 ** min(mail.attempts - 1, 10)), LONGEST_PAUSE)
    _mark(mail, Mail.Status.QUEUED, due_at=moment + pause, error=str(error))


def _mark(mail: Mail, status: str, **changes) -> None:
    Mail.objects.filter(pk=mail.pk, status=Mail.Status.CLAIMED).update(status=status, **changes)
