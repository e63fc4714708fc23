"""The door to who carries texts (SMS): a class that `settings.TEXT_PROVIDER` names.

Another provider is one such class, as `Provider` describes it. Without the setting nothing is offered anywhere, and
nobody is asked for a number. Order steps and marketing hand their texts over here.
"""

from typing import Protocol

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from customers.outcomes import Away, NotNow, Refused, Unanswered
from customers.texts.numbers import e164
from customers.texts.segments import segments_of

__all__ = [
    "Away",
    "NotNow",
    "Provider",
    "Refused",
    "Unanswered",
    "already_taken",
    "e164",
    "hand_over",
    "is_offered",
    "segments_of",
]


class Provider(Protocol):
    """Speaks to one carrier. All raise Away, NotNow, Refused or Unanswered, and wait for no more than some seconds."""

    def send(self, to: str, words: str, key: str) -> str:
        """Hand a text over to a number in E.164; gives the carrier's name for it. `key` is the same for the same
        text however often it is tried: a carrier that knows it takes it once."""

    def found(self, to: str, words: str, key: str) -> str:
        """The carrier's name for this text where an earlier try has left it there; empty where `send` may follow."""


def is_offered() -> bool:
    """Whether texts can be sent at all."""
    return bool(settings.TEXT_PROVIDER)


def hand_over(to: str, words: str, key: str) -> str:
    """Give a text to the carrier. Raises Away, NotNow, Refused or Unanswered; RuntimeError inside a transaction."""
    return _provider().send(to, words, key)


def already_taken(to: str, words: str, key: str) -> str:
    """What `Provider.found` says: to be asked before a second try."""
    return _provider().found(to, words, key)


def _provider() -> Provider:
    # As for `atomic(durable=True)`, the transaction that a test puts around everything does not count.
    if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise RuntimeError("Texts must not be handed over inside a transaction.")
    if not settings.TEXT_PROVIDER:
        raise Away("No provider of texts is set up.")
    return import_string(settings.TEXT_PROVIDER)()
