"""Browsers whose owners agreed to be recognised: welcomed, and forgotten when they take it back."""

from uuid import UUID

from django.db import transaction

from marketing.models import Episode, Event, Touch, Visitor


def welcome(key: UUID) -> Visitor:
    """The row of a visitor who said yes, made when there is none."""
    return Visitor.objects.get_or_create(key=key)[0]


def is_known(key: UUID) -> bool:
    return Visitor.objects.filter(key=key).exists()


@transaction.atomic
def forget(key: UUID) -> None:
    """From now on the number names nobody, and what was looked at by it neither; orders stay whose they are."""
    visitor = Visitor.objects.select_for_update().filter(key=key).first()
    if visitor is None:
        return
    Event.objects.filter(visitor=visitor, order=None).update(visitor=None, profile=None)
    Touch.objects.filter(visitor=visitor).update(visitor=None, profile=None)
    Episode.objects.filter(visitor=visitor).exclude(step=Episode.Step.ORDERED).delete()
    visitor.delete()
