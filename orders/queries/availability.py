"""What a cart may have of the shelves, line by line."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from catalog.models import Product, StockLevel, Variant
from catalog.prepared import Prepared
from catalog.queries.bundles import Part, parts_of, supply_of_bundle
from catalog.queries.supply import Supply, supply_of
from orders.models import CartLine, Order, Reservation


@dataclass(frozen=True, slots=True)
class Offered:
    """What a line can be given after the lines before it; `supply` is None where nothing is counted."""

    supply: Supply | None
    parts: tuple[Part, ...] = ()


def supplies_for(cart, variant_ids: Iterable[int]) -> dict[int, Supply]:
    """What the cart may have of each variant. One query.

    What the cart's own pending order holds is free for this cart: whoever comes back from the payment page must not be
    told that somebody (himself) bought the last piece.
    """
    levels: dict[int, list[StockLevel]] = {}
    for level in _LEVELS(cart=cart.pk, variants=list(variant_ids)):
        level.reserved -= level.own
        levels.setdefault(level.variant_id, []).append(level)
    return {pk: supply_of(found) for pk, found in levels.items()}


def _levels(cart, variants) -> QuerySet[StockLevel]:
    """Levels with `own`: what the pending order of the cart holds there."""
    held = Reservation.objects.filter(
        status=Reservation.Status.HELD,
        level=OuterRef("pk"),
        line__order__cart=cart,
        line__order__status=Order.Status.PENDING,
    ).order_by()
    sums = held.values("level").annotate(sum=Sum("quantity")).values("sum")
    own = Coalesce(Subquery(sums, output_field=IntegerField()), Value(0))
    return StockLevel.objects.online().filter(variant__id__in=variants).annotate(own=own)


_LEVELS = Prepared(_levels)


def offered(cart, rows: Iterable[CartLine]) -> dict[int, Offered]:
    """What each line of the cart can be given, by its key. One query; three when there are bundles.

    Lines that share goods share them: what a line takes is not there for the next one.
    """
    rows = [row for row in rows if row.variant is not None]
    parts = parts_of([row.variant_id for row in rows if _is_bundle(row.variant)])
    needed = {pk: _needs(row, parts) for pk, row in ((row.pk, row) for row in rows)}
    supplies = supplies_for(cart, {variant for needs in needed.values() for variant, _ in needs}) if rows else {}
    found = {}
    for row in rows:
        if _is_bundle(row.variant):
            mine = parts[row.variant_id]
            found[row.pk] = Offered(supply_of_bundle(mine, supplies), tuple(mine))
        else:
            supply = supplies.get(row.variant_id, Supply()) if row.variant.tracks_stock else None
            found[row.pk] = Offered(supply)
        for variant, each in needed[row.pk]:
            supplies[variant] = supplies.get(variant, Supply()).without(each * row.quantity)
    return found


def free_for(cart, variant: Variant) -> int | None:
    """Pieces of a variant that the cart may have; None when the variant is not counted."""
    if _is_bundle(variant):
        parts = parts_of([variant.pk])[variant.pk]
        supply = supply_of_bundle(parts, supplies_for(cart, [part.variant_id for part in parts]))
        return None if supply is None else supply.sellable
    if not variant.tracks_stock:
        return None
    return supplies_for(cart, [variant.pk]).get(variant.pk, Supply()).sellable


def _is_bundle(variant: Variant) -> bool:
    return variant.product.kind == Product.Kind.BUNDLE


def _needs(row: CartLine, parts: dict[int, list[Part]]) -> list[tuple[int, int]]:
    """(variant, pieces for one) that the line takes from the shelves."""
    if _is_bundle(row.variant):
        return [(part.variant_id, part.quantity) for part in parts[row.variant_id] if part.is_counted]
    return [(row.variant_id, 1)] if row.variant.tracks_stock else []
