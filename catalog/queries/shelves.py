"""What runs low, for the morning: by article, over all places in use."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest

from catalog.models import Product, StockLevel, StockMovement, Variant
from catalog.models.stock import StockLevelQuerySet

# From this many pieces down somebody should think of ordering more, where the article does not say otherwise.
LOW = 3
# What was sold in so many days is what is needed for as many.
DAYS = 30
SOLD = (StockMovement.Reason.SHIPPED, StockMovement.Reason.RETURNED)


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


def articles() -> QuerySet[Variant]:
    """Counted variants for sale with `free` pieces, those `coming`, and `least`: from how many down they are low."""
    used = Q(levels__location__is_active=True)
    return (
        Variant.objects.for_sale()
        .filter(tracks_stock=True)
        .exclude(product__kind=Product.Kind.BUNDLE)
        .annotate(
            free=Coalesce(Sum(F("levels__on_hand") - F("levels__reserved"), filter=used), 0),
            coming=Coalesce(Sum("levels__incoming", filter=used), 0),
            least=Coalesce("low_stock_at", Value(LOW)),
        )
    )


NONE, FEW = Q(free__lte=0), Q(free__gt=0, free__lte=F("least"))


def running_low(now: datetime) -> QuerySet[Variant]:
    """Articles that are low or sold out, with what was `sold` in the last days and what to order, `wanted`.

    Wanted is what the next days need if they sell as the last ones did, and what should always be there.
    """
    since = now - timedelta(days=DAYS)
    gone = StockMovement.objects.filter(level__variant=OuterRef("pk"), reason__in=SOLD, created_at__gt=since).order_by()
    sold = gone.values("level__variant").annotate(sum=Sum("delta")).values("sum")
    rows = articles().filter(NONE | FEW)
    rows = rows.annotate(sold=Greatest(-Coalesce(Subquery(sold, output_field=IntegerField()), Value(0)), Value(0)))
    return rows.annotate(wanted=Greatest(F("sold") + F("least") - F("free") - F("coming"), Value(0)))


def shelves() -> Shelves:
    """The two counts, in one query."""
    one = Value(1)
    counted = articles().aggregate(sold_out=Count(Case(When(NONE, then=one))), low=Count(Case(When(FEW, then=one))))
    return Shelves(**counted)
