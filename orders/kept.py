"""What the merchant set up and seldom changes (delivery, ways to pay, tax rates): read once while the shop is the same.

Tables of this kind derive from `Kept`: whatever changes one of their rows renews the revision of the shop in the same
transaction, and every process reads anew. Only SQL below the ORM has to say so itself.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db import models, transaction

from catalog import memo, revision

Answer = TypeVar("Answer")
_state: ContextVar[str | None] = ContextVar("state of the shop", default=None)


def kept(key: Hashable, work: Callable[[], Answer]) -> Answer:
    """The answer of `work` while the shop stays the same. Never change it: others hold the same one.

    One tiny query for the state of the shop; none inside `at`.
    """
    return memo.remember(("kept", key, state()), work)


def state() -> str:
    """The state of the shop: the one named by `at`, else as it is now, for one tiny query."""
    named = _state.get()
    return revision.current() if named is None else named


@contextmanager
def at(known: str) -> Iterator[None]:
    """What is kept is read in this state of the shop, which the caller has just asked for."""
    token = _state.set(known)
    try:
        yield
    finally:
        _state.reset(token)


class KeptQuerySet(models.QuerySet):
    """Changes of many rows at once renew the revision, too."""

    @transaction.atomic
    def update(self, **changes) -> int:
        changed = super().update(**changes)
        revision.renew()
        return changed

    update.alters_data = True

    @transaction.atomic
    def bulk_create(self, *args, **options) -> list:
        made = super().bulk_create(*args, **options)
        revision.renew()
        return made

    @transaction.atomic
    def delete(self) -> tuple:
        gone = super().delete()
        revision.renew()
        return gone

    delete.alters_data = True


class Kept(models.Model):
    """A row that the merchant sets up and that is kept in memory."""

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args, **options) -> None:
        super().save(*args, **options)
        revision.renew()

    @transaction.atomic
    def delete(self, *args, **options) -> tuple:
        gone = super().delete(*args, **options)
        revision.renew()
        return gone
