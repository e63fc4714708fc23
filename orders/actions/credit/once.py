"""Credit given or corrected by a person, once however often the button is pressed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from customers.models import Customer
from orders.models import CreditAccount, CreditEntry


class DoneBefore(Exception):
    """There are other movements than the person saw; nothing was moved. A form sent twice ends here."""


def moves_of(whose: CreditAccount | Customer) -> int:
    """How many movements an account has, or how often somebody of the staff gave something."""
    if isinstance(whose, CreditAccount):
        return whose.entries.count()
    return CreditEntry.objects.filter(actor=whose, kind=CreditEntry.Kind.ISSUED).count()


@contextmanager
def once(whose: CreditAccount | Customer, seen: int) -> Iterator[None]:
    """Move credit in here: a transaction that nobody else enters for the same account or person.

    Raises DoneBefore when `seen` is not `moves_of` now.
    """
    with transaction.atomic():
        # The person of a request is known by a stand-in.
        model = CreditAccount if isinstance(whose, CreditAccount) else Customer
        model.objects.select_for_update().get(pk=whose.pk)
        if moves_of(whose) != seen:
            raise DoneBefore(whose.pk)
        yield
