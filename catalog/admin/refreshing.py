"""After words or places changed: the lists and the search follow."""

from django.db import transaction

from catalog import revision
from catalog.actions import listing
from catalog.actions.pricing import Cause
from catalog.tasks import refresh_listings

# What a person at a form can wait for; the rest is a worker's business.
AT_ONCE = 500


def follow(products, cause: Cause | None = None) -> None:
    """Bring what lists and search say of these products (a queryset) in step; `cause` is for the price history."""
    revision.renew()
    ids = list(products.order_by().values_list("pk", flat=True).distinct()[: AT_ONCE + 1])
    if len(ids) <= AT_ONCE:
        listing.refresh(ids, cause=cause)
    else:
        transaction.on_commit(_ask_a_worker, robust=True)


def _ask_a_worker() -> None:
    refresh_listings.apply_async(retry=False)
