"""Stock that a file tells place by place, for many variants at once."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from catalog import bulk
from catalog.actions import stock_import
from catalog.models import StockLevel

Place = tuple[int, int]


@transaction.atomic
def set_levels(numbers: Mapping[Place, int], document: str = "", actor: str = "") -> set[Place]:
    """Set what lies of a variant at a location, by (variant, location); levels that are missing are made.

    Where more is held for orders than that would leave, nothing changes; returns those places.
    """
    variants = sorted({variant for variant, _location in numbers})
    # Locked in the order in which everybody locks; SQLite's transactions take turns anyway.
    rows = StockLevel.objects.select_for_update().filter(variant_id__in=variants).order_by("variant_id", "pk")
    levels = {(row.variant_id, row.location_id): row for row in rows}
    new = [
        {"variant_id": variant, "location_id": location, "on_hand": number}
        for (variant, location), number in sorted(numbers.items())
        if (variant, location) not in levels and number
    ]
    made = bulk.insert(StockLevel, new, "variant_id", "location_id")
    changes = [(StockLevel(pk=made[row["variant_id"], row["location_id"]], **row), row["on_hand"]) for row in new]
    kept = set()
    for place, number in sorted(numbers.items()):
        level = levels.get(place)
        if level is None or level.on_hand == number:
            continue
        if number < level.reserved:
            kept.add(place)
            continue
        changes.append((level, number - level.on_hand))
        level.on_hand = number
    old = [level for level, _delta in changes[len(new) :]]
    StockLevel.objects.bulk_update(old, ["on_hand"], batch_size=200)
    stock_import.record([(level.pk, delta, level.on_hand) for level, delta in changes], document, actor)
    stock_import.tell(changes)
    return kept


def on_hand(variant_ids: Iterable[int]) -> dict[Place, int]:
    """What lies of these variants where."""
    rows = StockLevel.objects.filter(variant_id__in=list(variant_ids))
    return {(row.variant_id, row.location_id): row.on_hand for row in rows}
