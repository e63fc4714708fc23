"""Levels of what is for sale, and how much of it is gone."""

from dataclasses import dataclass
from time import monotonic

from django.db.models import F, Q

from catalog import memo
from catalog.models import Product, StockLevel
from catalog.models.stock import StockLevelQuerySet
from catalog.queries import running_low
from catalog.queries.running_low import LOW


@dataclass(frozen=True, slots=True)
class Shelves:
    """How many articles that are for sale have nothing, or little, left to sell."""

    sold_out: int
    low: int


def for_sale() -> StockLevelQuerySet:
    """Levels of variants that visitors can see and whose pieces are counted, with `free`."""
    return StockLevel.objects.with_available().filter(
        ~Q(variant__product__kind=Product.Kind.BUNDLE),
        variant__is_active=True,
        variant__tracks_stock=True,
        variant__product__status=Product.Status.PUBLISHED,
    )


def sold_out(levels: StockLevelQuerySet) -> StockLevelQuerySet:
    return levels.filter(on_hand__lte=F("reserved"))


def low(levels: StockLevelQuerySet) -> StockLevelQuerySet:
    return levels.filter(on_hand__gt=F("reserved"), on_hand__lte=F("reserved") + LOW)


def shelves() -> Shelves:
    """The two counts, in one query; of a large shop they may be twenty times as old as they took to count."""
    return Shelves(*memo.remember_longer(("shelves",), str(monotonic()), running_low.counts))
