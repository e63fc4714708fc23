"""Goods on the shelf: holding them for a buyer, sending them off, putting them there and counting them.

Each compare-and-change is one statement. Rows are always touched in the order (variant, level), so that two checkouts
queue for each other and never deadlock. Whoever has changed a row holds its lock, so what is read afterwards in the
same transaction is the truth, on PostgreSQL as on SQLite.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby
from operator import attrgetter

from django.db import connection, transaction
from django.db.models import F

from catalog import events
from catalog.actions import picking
from catalog.models import BundleItem, Location, StockLevel, StockMovement, Variant

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


class NotOnHand(Exception):
    """What was to be shipped has not come yet; `missing` is how many pieces of `variant_id` are not there."""

    def __init__(self, variant_id: int, missing: int) -> None:
        super().__init__(variant_id, missing)
        self.variant_id, self.missing = variant_id, missing


@dataclass(frozen=True, slots=True)
class Held:
    """Pieces of a variant set aside on one level; for a component also the bundle that was wanted."""

    level_id: int
    variant_id: int
    quantity: int
    bundle_id: int = 0

    @property
    def wanted_id(self) -> int:
        """The variant that was asked for."""
        return self.bundle_id or self.variant_id


@transaction.atomic
def reserve(wanted: Mapping[int, int], place: int | None = None) -> list[Held]:
    """Set a quantity of each variant aside: all of them, or none. Variants that count no stock are passed over.

    Bundles are taken apart, and what is needed of a variant is summed before anything is taken. A quantity that no
    place has alone is spread over several, pieces on hand before pieces to come: several Held per variant. What lies
    in the location `place` is taken before all other.

    Raises SoldOut, also for a variant that no longer exists; ValueError for a quantity below one.
    """
    return hold(wanted, place)


def hold(wanted: Mapping[int, int], place: int | None = None, known: picking.Counted | None = None) -> list[Held]:
    """`reserve` as a step of the caller's transaction, which has to end with what this raises.

    `known` is for who has just read how each variant is counted.
    """
    if any(quantity < 1 for quantity in wanted.values()):
        raise ValueError("A reservation is of at least one piece.")
    needs = picking.needs_of(wanted, known)
    shelves = picking.lock_shelves({need.variant_id for need in needs}, place)
    held: list[Held] = []
    for variant_id, group in groupby(needs, key=attrgetter("variant_id")):
        held += _chosen(variant_id, list(group), shelves.get(variant_id, []))
    sums: dict[int, int] = defaultdict(int)
    for line in held:
        sums[line.level_id] += line.quantity
    _set_aside(sums, held)
    _announce_taken(sums, [shelf for found in shelves.values() for shelf in found])
    return held


def _chosen(variant_id: int, needs: list[picking.Need], shelves: list[picking.Shelf]) -> list[Held]:
    takes = picking.spread(sum(need.quantity for need in needs), shelves)
    if takes is None:
        left = sum(shelf.sellable for shelf in shelves)
        raise SoldOut(needs[0].bundle_id or variant_id, left // needs[0].each)
    return list(_dealt(variant_id, needs, takes))


def _set_aside(sums: Mapping[int, int], held: Sequence[Held]) -> None:
    """One statement for all levels: they are locked, in order, and the condition holds whatever was read before."""
    if not sums:
        return
    pieces = f"CASE id {' '.join(['WHEN %s THEN %s'] * len(sums))} ELSE 0 END"
    told, marks = [*chain.from_iterable(sums.items())], ", ".join(["%s"] * len(sums))
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "catalog_stocklevel" SET reserved = reserved + {pieces}'  # noqa: S608
            f" WHERE id IN ({marks}) AND reserved <= on_hand + back_order - {pieces}",
            [*told, *sums, *told],
        )
        if cursor.rowcount < len(sums):
            raise SoldOut(held[0].variant_id, 0)


def _announce_taken(sums: Mapping[int, int], shelves: Iterable[picking.Shelf]) -> None:
    """Tell of what became empty. Exact without looking again, because we hold the rows."""
    taken = [shelf for shelf in shelves if sums.get(shelf.pk)]
    flipped = {shelf.product_id for shelf in taken if shelf.sellable <= sums[shelf.pk]}
    parts = [shelf.pk for shelf in taken if shelf.is_part]
    _tell(flipped | _bundles_with(parts))


def _dealt(variant_id: int, needs: list[picking.Need], takes: list[tuple[int, int]]) -> Iterator[Held]:
    """Which of the pieces taken are for whom."""
    piles = [list(take) for take in takes]
    for need in needs:
        missing = need.quantity
        while missing:
            level_id, there = piles[0]
            pieces = min(missing, there)
            yield Held(level_id, variant_id, pieces, need.bundle_id)
            missing -= pieces
            piles[0][1] -= pieces
            if not piles[0][1]:
                piles.pop(0)


@transaction.atomic
def release(held: Iterable[Held]) -> None:
    """Put pieces that were held back on sale. Raises NotHeld, and then nothing has changed."""
    lines = _in_order(held)
    for line in lines:
        _take_up(line, reserved=F("reserved") - line.quantity)
    _announce({line.level_id: -line.quantity for line in lines})


@transaction.atomic
def ship(held: Iterable[Held], document: str, actor: str = "") -> None:
    """Send held pieces off: they leave the shelf, and the ledger says for which document.

    Raises NotHeld, and NotOnHand when pieces that were sold in advance have not come yet; nothing has changed then.
    """
    for line in _in_order(held):
        _refuse_missing(line)
        _take_up(line, reserved=F("reserved") - line.quantity, on_hand=F("on_hand") - line.quantity)
        _record(line.level_id, -line.quantity, Reason.SHIPPED, document=document, actor=actor)


def _in_order(held: Iterable[Held]) -> list[Held]:
    """One line per level, in the order in which everybody locks."""
    sums: dict[tuple[int, int], int] = {}
    for line in held:
        key = (line.variant_id, line.level_id)
        sums[key] = sums.get(key, 0) + line.quantity
    return [Held(level_id, variant_id, quantity) for (variant_id, level_id), quantity in sorted(sums.items())]


def _refuse_missing(line: Held) -> None:
    """Locks the level, so that what is there now is there when it is taken."""
    levels = StockLevel.objects.select_for_update().filter(pk=line.level_id)
    for on_hand, reserved in levels.values_list("on_hand", "reserved"):
        if on_hand < line.quantity <= reserved:
            raise NotOnHand(line.variant_id, line.quantity - on_hand)


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
    document: str = "",
    actor: str = "",
    location: Location | None = None,
) -> None:
    """Change what is on hand by some pieces, up or down; nothing for 0.

    Raises HeldForOrders when that would leave less than is held.
    """
    if by:
        _change(level_of(variant, location).pk, by, reason, note=note, document=document, actor=actor)


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
    level = StockLevel.objects.select_for_update().get(pk=level_of(variant, location).pk)
    difference = on_hand - level.on_hand
    if difference:
        _change(level.pk, difference, reason, note=note, actor=actor)
    return difference


def level_of(variant: Variant, location: Location | None) -> StockLevel:
    """The level at that place; without a place the one that orders are taken from first."""
    levels = StockLevel.objects.filter(variant=variant).order_by("location__priority", "pk")
    first = levels.first() if location is None else None
    if first is not None:
        return first
    return StockLevel.objects.get_or_create(variant=variant, location=location or first_location())[0]


def first_location() -> Location:
    """The place that orders are taken from first; the first one of a shop is made here."""
    places = Location.objects.filter(is_active=True)
    return places.first() or Location.objects.get_or_create(name="Warehouse")[0]


@transaction.atomic
def set_terms(level_id: int, *, safety: int, back_order: int, comes_on: date | None) -> None:
    """How many pieces are kept back from the web shop, how many may be sold before they come, and when they come.

    Raises HeldForOrders when more is sold in advance already than that would allow.
    """
    level = StockLevel.objects.select_for_update().get(pk=level_id)
    if level.reserved > level.on_hand + back_order:
        raise HeldForOrders(level.reserved)
    before = level.back_order - level.safety
    StockLevel.objects.filter(pk=level_id).update(safety=safety, back_order=back_order, comes_on=comes_on)
    _announce({level_id: before - (back_order - safety)})


def _change(level_id: int, by: int, reason: str, **words: str) -> None:
    level = StockLevel.objects.filter(pk=level_id)
    covered = level.filter(on_hand__gte=-by, reserved__lte=F("on_hand") + F("back_order") + by)
    if not covered.update(on_hand=F("on_hand") + by):
        raise HeldForOrders(level.values_list("reserved", flat=True).get())
    _record(level_id, by, reason, **words)
    _announce({level_id: -by})


def _record(level_id: int, delta: int, reason: str, **words: str) -> None:
    after = StockLevel.objects.values_list("on_hand", flat=True).get(pk=level_id)
    StockMovement.objects.create(level_id=level_id, delta=delta, on_hand_after=after, reason=reason, **words)


def _announce(before: Mapping[int, int]) -> None:
    """Tell, after the commit, which products have a level that became empty or is no longer so.

    `before` says by how much each level had more to sell than it has now. Exact, because we hold the rows. A bundle is
    always told of: how many there are of it hangs on several shelves.
    """
    left = F("on_hand") - F("reserved") - F("safety") + F("back_order")
    levels = StockLevel.objects.filter(pk__in=before).annotate(left=left)
    rows = levels.values_list("pk", "left", "variant__product_id")
    flipped = {product for level, left, product in rows if (left > 0) != (left + before[level] > 0)}
    _tell(flipped | _bundles_with(list(before)))


def _bundles_with(level_ids: Sequence[int]) -> set[int]:
    """The products of bundles that need something of these levels; no query without levels."""
    if not level_ids:
        return set()
    bundles = BundleItem.objects.filter(component__levels__in=level_ids)
    return set(bundles.values_list("bundle__product_id", flat=True))


def _tell(flipped: Collection[int]) -> None:
    if flipped:
        product_ids = sorted(flipped)
        transaction.on_commit(
            # Robust: whatever a listener does wrong, the pieces are held and the sale stands.
            lambda: events.stock_changed.send_robust(sender=None, product_ids=product_ids),
            robust=True,
        )
