"""Post of the shop's own business: order confirmations, links to sign in. A row first, then a letter.

`write` belongs into the transaction of the business itself, so that there is no order without its mail and no mail
without its order. `dispatch` sends what is due; it may run twice at once, be killed, or come late.
"""

import logging
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import F

from customers.letters import Letter, render
from customers.models import Mail
from customers.post_office import Away, NotNow, Refused, Unanswered, hand_over, message_id

__all__ = ["Letter", "dispatch", "hand_over", "queue", "render", "send_again", "write"]

logger = logging.getLogger(__name__)

ABANDONED_AFTER = timedelta(minutes=10)
MAX_ATTEMPTS = 8
LONGEST_PAUSE = timedelta(hours=2)
BATCH = 50


def write(key: str, to: str, language: str, template: str, context: dict) -> Mail:
    """Write the mail of an occasion and queue it; when that occasion has its mail already, return that one.

    Renders `templates/emails/<template>.{subject.txt,txt,html}` at once: the mail says what was true then.
    """
    if existing := Mail.objects.filter(key=key).first():
        return existing
    return queue(key, to, render(template, language, context))


def queue(key: str, to: str, letter: Letter) -> Mail:
    """Queue a letter that was rendered already, once per key."""
    mail, created = Mail.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "language": letter.language,
            "subject": letter.subject,
            "text": letter.text,
            "html": letter.html,
        },
    )
    if created:
        transaction.on_commit(_ring)
    return mail


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


def send_again(mail: Mail, now: datetime) -> bool:
    """Queue a failed mail once more; False when it is not a failed one."""
    queued = Mail.objects.filter(pk=mail.pk, status=Mail.Status.FAILED).update(
        status=Mail.Status.QUEUED, attempts=0, due_at=now, error=""
    )
    if queued:
        transaction.on_commit(_ring)
    return bool(queued)


def _ring() -> None:
    """Tell a worker that there is post. Without a broker the clock finds it soon enough."""
    from customers.tasks import send_mail

    try:
        send_mail.apply_async(retry=False)
    except Exception as error:
        logger.warning("No worker could be told of the post: %s", type(error).__name__)


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
    letter = Letter(mail.subject, mail.text, mail.html, mail.language)
    try:
        hand_over(letter, mail.to, {"Message-ID": message_id("mail", mail.pk)})
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
        _mark(mail, Mail.Status.SENT, sent_at=moment, error="")
        return True
    return False


def _postpone(mail: Mail, moment: datetime, error: Exception) -> None:
    pause = min(timedelta(minutes=2 ** min(mail.attempts - 1, 10)), LONGEST_PAUSE)
    _mark(mail, Mail.Status.QUEUED, due_at=moment + pause, error=str(error))


def _mark(mail: Mail, status: str, **changes) -> None:
    Mail.objects.filter(pk=mail.pk, status=Mail.Status.CLAIMED).update(status=status, **changes)
