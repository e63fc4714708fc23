"""How many may be had: what the places that serve the web shop have free, with what may be sold in advance."""

from collections.abc import Iterable

from django.db.models import Exists, F, IntegerField, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from catalog.models import BundleItem, Product, StockLevel, Variant
from catalog.models.stock import online, sellable_at

IS_BUNDLE = Q(product__kind=Product.Kind.BUNDLE)


def sellable_of(variant: str) -> Coalesce:
    """For a query: pieces of the variant with that key that the web shop may sell. Not for bundles."""
    levels = StockLevel.objects.online().filter(variant=OuterRef(variant)).order_by()
    summed = levels.values("variant").annotate(sum=Sum(sellable_at())).values("sum")
    return Coalesce(Subquery(summed, output_field=IntegerField()), Value(0))


def can_be_had() -> Q:
    """For a query of variants: whether one piece of it can be sold now."""
    levels = StockLevel.objects.online().with_sellable().filter(variant=OuterRef("pk"), left__gt=0)
    items = BundleItem.objects.filter(bundle=OuterRef("pk")).order_by()
    counted = items.filter(component__tracks_stock=True)
    short = counted.alias(left=sellable_of("component")).filter(left__lt=F("quantity"))
    itself = ~IS_BUNDLE & (Q(tracks_stock=False) | Q(Exists(levels)))
    return itself | (IS_BUNDLE & Q(Exists(items)) & ~Q(Exists(short)))


def available(variant_ids: Iterable[int]) -> dict[int, int | None]:
    """How many pieces of each variant may be reserved; None where no stock is counted. Two queries at most.

    Variants that are gone are left out. Of a bundle there are as many as its scarcest component makes.
    """
    ids = list(variant_ids)
    free = Sum(sellable_at("levels__"), filter=online("levels__"))
    rows = Variant.objects.filter(pk__in=ids).annotate(free=free)
    found, bundles = {}, []
    for pk, counted, kind, number in rows.values_list("pk", "tracks_stock", "product__kind", "free"):
        found[pk] = (number or 0) if counted else None
        if kind == Product.Kind.BUNDLE:
            bundles.append(pk)
    return found | _of_bundles(bundles)


def _of_bundles(ids: list[int]) -> dict[int, int | None]:
    if not ids:
        return {}
    numbers: dict[int, list[int]] = {}
    rows = BundleItem.objects.filter(bundle__in=ids).order_by().annotate(left=sellable_of("component"))
    for bundle, counted, left, quantity in rows.values_list("bundle", "component__tracks_stock", "left", "quantity"):
        numbers.setdefault(bundle, []).extend([left // quantity] if counted else [])
    return {pk: min(numbers[pk], default=None) if pk in numbers else 0 for pk in ids}
