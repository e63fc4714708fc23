"""Stock that a file tells, for many variants at once: levels and ledger in a few statements."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from catalog import bulk, events
from catalog.models import Location, StockLevel, StockMovement

REASON = StockMovement.Reason.IMPORTED


@transaction.atomic
def open_shelves(numbers: Mapping[int, int], document: str = "", actor: str = "") -> None:
    """Give each of these variants, which have none, a level with that many pieces."""
    if not numbers:
        return
    location = Location.objects.first() or Location.objects.get_or_create(name="Warehouse")[0]
    open_places({(pk, location.pk): count for pk, count in numbers.items()}, document, actor)


@transaction.atomic
def open_places(numbers: Mapping[tuple[int, int], int], document: str = "", actor: str = "") -> None:
    """The same by (variant, location), none of which there is yet. Nobody can have waited for what is so new."""
    rows = [
        {"variant_id": variant, "location_id": location, "on_hand": count}
        for (variant, location), count in sorted(numbers.items())
    ]
    levels = bulk.insert(StockLevel, rows, "variant_id", "location_id")
    record([(levels[place], count, count) for place, count in sorted(numbers.items()) if count], document, actor)


@transaction.atomic
def set_counts(numbers: Mapping[int, int], document: str = "", actor: str = "") -> dict[int, int]:
    """Set what these variants have on hand, over all their levels, to those numbers.

    The first level takes the difference. Where more is held for orders than that would leave, nothing changes; returns
    those variants with the number that they keep.
    """
    levels: dict[int, list[StockLevel]] = {pk: [] for pk in numbers}
    # Locked in the order in which everybody locks; SQLite's transactions take turns anyway.
    rows = StockLevel.objects.select_for_update().filter(variant_id__in=list(numbers)).order_by("variant_id", "pk")
    for level in rows:
        levels[level.variant_id].append(level)
    open_shelves({pk: numbers[pk] for pk, rows in levels.items() if not rows}, document, actor)
    kept, changed = {}, []
    for pk, rows in levels.items():
        total = sum(level.on_hand for level in rows)
        difference = numbers[pk] - total
        if not rows or not difference:
            continue
        if rows[0].on_hand + difference < rows[0].reserved:
            kept[pk] = total
            continue
        rows[0].on_hand += difference
        changed.append((rows[0], difference))
    StockLevel.objects.bulk_update([level for level, _difference in changed], ["on_hand"], batch_size=200)
    record([(level.pk, delta, level.on_hand) for level, delta in changed], document, actor)
    tell(changed)
    return kept


def record(changes: list[tuple[int, int, int]], document: str, actor: str) -> None:
    """Lines of the ledger: level, by how much it changed, what lies there afterwards."""
    told = {"reason": REASON, "document": document[:80], "actor": actor[:254], "created_at": timezone.now()}
    bulk.insert(
        StockMovement,
        [{"level_id": level, "delta": delta, "on_hand_after": after, **told} for level, delta, after in changes],
    )


def tell(changes: list[tuple[StockLevel, int]]) -> None:
    """Announce, after the commit, the products of levels that became empty or ceased to be."""
    flipped = [level.variant_id for level, delta in changes if (level.available > 0) != (level.available - delta > 0)]
    if flipped:
        found = StockLevel.objects.filter(variant_id__in=flipped).values_list("variant__product_id", flat=True)
        ids = sorted(set(found))
        transaction.on_commit(lambda: events.stock_changed.send_robust(sender=None, product_ids=ids), robust=True)
