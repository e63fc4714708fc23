"""The clock of prices: what began or ended by itself reaches the lists."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from catalog.actions import listing, pricing
from catalog.models import EffectivePrice, Product, Variant
from catalog.pricing.timeline import BEGINNING

BATCH = 500


def due(now: datetime):
    """The rows that have begun or ended since they were written."""
    return EffectivePrice.objects.filter(Q(valid_from__gt=BEGINNING, valid_from__lte=now) | Q(valid_until__lte=now))


def refresh_due(now: datetime) -> int:
    """Bring lists and history up to date with prices that changed by themselves; returns how many products had any.

    Nothing that a shopper pays waits for this: carts and product pages look prices up by the time.
    """
    seen = 0
    while variants := list(due(now).order_by().values_list("variant_id", flat=True).distinct()[:BATCH]):
        products = Product.objects.filter(variants__in=variants).distinct().values_list("pk", flat=True)
        seen += len(products)
        pricing.refresh(variants, now)
        listing.refresh(products, now)
    return seen


def refresh_all(now: datetime) -> int:
    """Compare every effective price with what lists, sales and variants say, and mend it.

    Returns how many variants were out of step: none, unless somebody wrote past the actions.
    """
    refresh_due(now)
    return pricing.refresh(_in_steps(Variant.objects.order_by("pk").values_list("pk", flat=True)), now)


def _in_steps(keys) -> Iterable[int]:
    return keys.iterator(chunk_size=10_000)
