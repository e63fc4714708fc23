"""Which shelf gives what: bundles taken apart, and a quantity spread over places. No rows are changed here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet

from catalog.models import BundleItem, Product, StockLevel, Variant
from catalog.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Need:
    """Pieces of a counted variant; `bundle_id` is the bundle that needs them, 0 when they are wanted themselves."""

    variant_id: int
    quantity: int
    bundle_id: int = 0
    # For one piece of the bundle.
    each: int = 1


@dataclass(frozen=True, slots=True)
class Shelf:
    """A level that may give something: `ready` pieces at once, `sellable` with those that are still to come."""

    pk: int
    ready: int
    sellable: int
    product_id: int = 0
    # Some bundle needs pieces of it.
    is_part: bool = False


# Of a variant: whether its pieces are counted, and whether it is a bundle.
Counted = Mapping[int, tuple[bool, bool]]


def needs_of(wanted: Mapping[int, int], known: Counted | None = None) -> list[Need]:
    """What the shelves must give for these variants, in the order in which everybody locks; two queries at most, one
    less for who knows already how each is counted.

    What counts no stock needs nothing. A bundle without components, or a variant that is gone, needs itself: no shelf
    has it.
    """
    if known is None:
        rows = _COUNTED(ids=list(wanted))
        known = {pk: (counted, kind == Product.Kind.BUNDLE) for pk, counted, kind in rows}
    items = items_of([pk for pk, (_, is_bundle) in known.items() if is_bundle])
    needs = []
    for pk, quantity in wanted.items():
        counted, is_bundle = known.get(pk, (True, False))
        if is_bundle and items[pk]:
            needs += [
                Need(item.component_id, item.quantity * quantity, pk, item.quantity)
                for item in items[pk]
                if item.component.tracks_stock
            ]
        elif counted or is_bundle:
            needs.append(Need(pk, quantity))
    return sorted(needs, key=lambda need: (need.variant_id, need.bundle_id))


_COUNTED = Prepared(
    lambda ids: Variant.objects.filter(id__in=ids).values_list("pk", "tracks_stock", "product__kind").order_by()
)


def items_of(bundle_ids: Iterable[int]) -> dict[int, list[BundleItem]]:
    """The components of each bundle; no query without bundles."""
    items: dict[int, list[BundleItem]] = defaultdict(list)
    if bundle_ids:
        for item in BundleItem.objects.filter(bundle__in=bundle_ids).select_related("component"):
            items[item.bundle_id].append(item)
    return items


def lock_shelves(variant_ids: Iterable[int], first: int | None = None) -> dict[int, list[Shelf]]:
    """The shelves of each variant that can give anything, locked, in the order of their places' priority, the place
    `first` before all.

    Locked in the order (variant, level) as everywhere. A shelf that is empty is not locked, so that those who come too
    late do not queue to hear so. SQLite's transactions take turns anyway.
    """
    shelves: dict[int, list[StockLevel]] = defaultdict(list)
    for level in _LOCKED(variants=list(variant_ids)):
        shelves[level.variant_id].append(level)
    return {
        variant_id: [
            Shelf(level.pk, level.ready, level.sellable, level.product, level.is_part)
            for level in sorted(
                levels, key=lambda level: (level.location_id != first, level.location.priority, level.pk)
            )
        ]
        for variant_id, levels in shelves.items()
    }


def _levels(variants: list) -> QuerySet[StockLevel]:
    is_part = Exists(BundleItem.objects.filter(component=OuterRef("variant_id")))
    levels = StockLevel.objects.online().with_sellable().filter(variant__id__in=variants, left__gt=0)
    levels = levels.annotate(product=F("variant__product_id"), is_part=is_part).select_related("location")
    return levels.select_for_update(of=("self",)).order_by("variant_id", "pk")


_LOCKED = Prepared(_levels)


def spread(quantity: int, shelves: Sequence[Shelf]) -> list[tuple[int, int]] | None:
    """(level, pieces) that make up the quantity; None when the shelves have less.

    One place that has everything is preferred: it is one parcel. Pieces on hand go before pieces to come.
    """
    for shelf in shelves:
        if shelf.ready >= quantity:
            return [(shelf.pk, quantity)]
    taken: dict[int, int] = defaultdict(int)
    for kind in ("ready", "sellable"):
        for shelf in shelves:
            pieces = min(quantity, getattr(shelf, kind) - taken[shelf.pk])
            if pieces > 0:
                taken[shelf.pk] += pieces
                quantity -= pieces
    return None if quantity else [(pk, pieces) for pk, pieces in taken.items() if pieces]
