"""Goods on the shelf: holding them for a buyer, sending them off, putting them there and counting them.

Each compare-and-change is one statement. Rows are always touched in the order (variant, level), so that two checkouts
queue for each other and never deadlock. Whoever has changed a row holds its lock, so what is read afterwards in the
same transaction is the truth, on PostgreSQL as on SQLite.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from catalog import events
from catalog.models import Location, StockLevel, StockMovement, Variant

Reason = StockMovement.Reason


class SoldOut(Exception):
    """The shelf holds less than was asked for; `available` is how many may still be had."""

    def __init__(self, variant_id: int, available: int) -> None:
        super().__init__(variant_id, available)
        self.variant_id, self.available = variant_id, available


class NotHeld(Exception):
    """More was to be shipped or released than is held on that level: somebody did it before."""


class HeldForOrders(Exception):
    """The change would take pieces that are held for orders; `reserved` is how many are."""

    def __init__(self, reserved: int) -> None:
        super().__init__(reserved)
        self.reserved = reserved


@dataclass(frozen=True, slots=True)
class Held:
    """Pieces of a variant set aside on one level."""

    level_id: int
    variant_id: int
    quantity: int


@transaction.atomic
def reserve(wanted: Mapping[int, int]) -> list[Held]:
    """Set a quantity of each variant aside: all of them, or none. Variants that count no stock are passed over.

    Raises SoldOut, also for a variant that no longer exists; ValueError for a quantity below one.
    """
    if any(quantity < 1 for quantity in wanted.values()):
        raise ValueError("A reservation is of at least one piece.")
    counted = dict(Variant.objects.filter(pk__in=wanted).values_list("pk", "tracks_stock"))
    places = _places(wanted)
    held = []
    for variant_id, quantity in sorted(wanted.items()):
        if counted.get(variant_id, True):
            held.append(_hold(variant_id, quantity, places.get(variant_id, [])))
    _announce([line.level_id for line in held], before={line.level_id: line.quantity for line in held})
    return held


def _places(wanted: Iterable[int]) -> dict[int, list[int]]:
    levels = StockLevel.objects.filter(variant_id__in=wanted).order_by("variant_id", "pk")
    places: dict[int, list[int]] = {}
    for variant_id, level_id in levels.values_list("variant_id", "pk"):
        places.setdefault(variant_id, []).append(level_id)
    return places


def _hold(variant_id: int, quantity: int, level_ids: list[int]) -> Held:
    for level_id in level_ids:
        enough = StockLevel.objects.filter(pk=level_id, on_hand__gte=F("reserved") + quantity)
        if enough.update(reserved=F("reserved") + quantity):
            return Held(level_id, variant_id, quantity)
    free = StockLevel.objects.filter(variant_id=variant_id).with_available().values_list("free", flat=True)
    raise SoldOut(variant_id, max(free, default=0))


@transaction.atomic
def release(held: Iterable[Held]) -> None:
    """Put pieces that were held back on sale. Raises NotHeld, and then nothing has changed."""
    lines = _in_order(held)
    for line in lines:
        _take_up(line, reserved=F("reserved") - line.quantity)
    _announce([line.level_id for line in lines], before={line.level_id: -line.quantity for line in lines})


@transaction.atomic
def ship(held: Iterable[Held], document: str, actor: str = "") -> None:
    """Send held pieces off: they leave the shelf, and the ledger says for which document. Raises NotHeld."""
    for line in _in_order(held):
        _take_up(line, reserved=F("reserved") - line.quantity, on_hand=F("on_hand") - line.quantity)
        _record(line.level_id, -line.quantity, Reason.SHIPPED, document=document, actor=actor)


def _in_order(held: Iterable[Held]) -> list[Held]:
    """One line per level, in the order in which everybody locks."""
    sums: dict[tuple[int, int], int] = {}
    for line in held:
        key = (line.variant_id, line.level_id)
        sums[key] = sums.get(key, 0) + line.quantity
    return [Held(level_id, variant_id, quantity) for (variant_id, level_id), quantity in sorted(sums.items())]


def _take_up(line: Held, **changes: object) -> None:
    holding = StockLevel.objects.filter(pk=line.level_id, reserved__gte=line.quantity)
    if line.quantity < 1 or not holding.update(**changes):
        raise NotHeld(line)


@transaction.atomic
def restock(level_id: int, quantity: int, reason: str, document: str = "", actor: str = "") -> None:
    """Put pieces on a shelf, such as goods that came back. Raises StockLevel.DoesNotExist."""
    if quantity < 1:
        raise ValueError("At least one piece is put back.")
    _change(level_id, quantity, reason, document=document, actor=actor)


@transaction.atomic
def adjust(
    variant: Variant,
    *,
    by: int,
    reason: str = Reason.CORRECTED,
    note: str = "",
    actor: str = "",
    location: Location | None = None,
) -> None:
    """Change what is on hand by some pieces, up or down; nothing for 0.

    Raises HeldForOrders when that would leave less than is held.
    """
    if by:
        _change(_level_of(variant, location).pk, by, reason, note=note, actor=actor)


@transaction.atomic
def count(
    variant: Variant,
    *,
    on_hand: int,
    reason: str = Reason.COUNTED,
    note: str = "",
    actor: str = "",
    location: Location | None = None,
) -> int:
    """Set what is on hand to what was counted, and return the difference; no ledger entry when there is none.

    Raises HeldForOrders when fewer were counted than are held, ValueError for less than nothing.
    """
    if on_hand < 0:
        raise ValueError("Less than nothing cannot be counted.")
    # Locked, since the difference depends on it. SQLite needs no lock: its transactions take turns.
    level = StockLevel.objects.select_for_update().get(pk=_level_of(variant, location).pk)
    difference = on_hand - level.on_hand
    if difference:
        _change(level.pk, difference, reason, note=note, actor=actor)
    return difference


def _level_of(variant: Variant, location: Location | None) -> StockLevel:
    """The level at that place; without a place the variant's first one."""
    first = StockLevel.objects.filter(variant=variant).order_by("pk").first() if location is None else None
    if first is not None:
        return first
    location = location or Location.objects.first() or Location.objects.get_or_create(name="Warehouse")[0]
    return StockLevel.objects.get_or_create(variant=variant, location=location)[0]


def _change(level_id: int, by: int, reason: str, **words: str) -> None:
    level = StockLevel.objects.filter(pk=level_id)
    if not level.filter(on_hand__gte=F("reserved") - by).update(on_hand=F("on_hand") + by):
        raise HeldForOrders(level.values_list("reserved", flat=True).get())
    _record(level_id, by, reason, **words)
    _announce([level_id], before={level_id: -by})


def _record(level_id: int, delta: int, reason: str, **words: str) -> None:
    after = StockLevel.objects.values_list("on_hand", flat=True).get(pk=level_id)
    StockMovement.objects.create(level_id=level_id, delta=delta, on_hand_after=after, reason=reason, **words)


def _announce(level_ids: list[int], before: Mapping[int, int]) -> None:
    """Tell, after the commit, which products have a level that became empty or is no longer so.

    `before` says by how much each level had more to sell than it has now. Exact, because we hold the rows.
    """
    levels = StockLevel.objects.filter(pk__in=level_ids).with_available()
    rows = levels.values_list("pk", "free", "variant__product_id")
    flipped = {product for level, free, product in rows if (free > 0) != (free + before[level] > 0)}
    if flipped:
        product_ids = sorted(flipped)
        transaction.on_commit(
            # Robust: whatever a listener does wrong, the pieces are held and the sale stands.
            lambda: events.stock_changed.send_robust(sender=None, product_ids=product_ids),
            robust=True,
        )
