"""What runs low, for the morning."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from catalog.models import Product, StockLevel
from catalog.models.stock import StockLevelQuerySet

# From this many pieces down somebody should think of ordering more.
LOW = 3


@dataclass(frozen=True, slots=True)
class Shelves:
    """How many levels of goods that are for sale have nothing, or little, left to sell."""

    sold_out: int
    low: int


def for_sale() -> StockLevelQuerySet:
    """Levels of variants that visitors can see and whose pieces are counted, with `free`."""
    return (
        StockLevel.objects.with_available()
        .filter(variant__is_active=True, variant__tracks_stock=True, variant__product__status=Product.Status.PUBLISHED)
        .exclude(variant__product__kind=Product.Kind.BUNDLE)
    )


def sold_out(levels: StockLevelQuerySet) -> StockLevelQuerySet:
    return levels.filter(on_hand__lte=F("reserved"))


def low(levels: StockLevelQuerySet) -> StockLevelQuerySet:
    return levels.filter(on_hand__gt=F("reserved"), on_hand__lte=F("reserved") + LOW)


def shelves() -> Shelves:
    """The two counts, in one query."""
    counted = for_sale().aggregate(
        sold_out=Count("pk", filter=Q(free__lte=0)), low=Count("pk", filter=Q(free__gt=0, free__lte=LOW))
    )
    return Shelves(**counted)
