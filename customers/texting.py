"""Texts (SMS) of the shop's own business: a row first, then a text, as `customers.mail` does with letters.

`write` belongs into the transaction of the business itself; a worker sends it after the commit.
"""

import logging
from datetime import datetime

from django.db import transaction

from customers import texts
from customers.actions.text_outbox import dispatch
from customers.models import Text
from customers.tasks import send_texts

__all__ = ["dispatch", "send_again", "write"]

logger = logging.getLogger(__name__)


def write(key: str, to: str, language: str, words: str, due_at: datetime) -> Text:
    """Queue the text of an occasion, once; inside the transaction of the business. `to` is a number in E.164."""
    told = {"to": to, "language": language, "words": words, "segments": texts.segments_of(words), "due_at": due_at}
    text, created = Text.objects.get_or_create(key=key, defaults=told)
    if created:
        transaction.on_commit(_ring)
    return text


def send_again(text: Text, now: datetime) -> bool:
    """Queue a failed text once more, as new; False when it is not a failed one."""
    queued = Text.objects.filter(pk=text.pk, status=Text.Status.FAILED).update(
        status=Text.Status.QUEUED, attempts=1, due_at=now, created_at=now, error=""
    )
    if queued:
        transaction.on_commit(_ring)
    return bool(queued)


def _ring() -> None:
    """Tell a worker. Without a broker the clock finds it soon enough."""
    try:
        send_texts.apply_async(retry=False)
    except Exception as error:
        logger.warning("No worker could be told of a text: %s", type(error).__name__)
