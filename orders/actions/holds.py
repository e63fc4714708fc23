"""Pieces that an order holds: set aside, given back, sent off. Each reservation remembers its level on the shelf.

These are steps of larger actions: they run inside the caller's transaction, after the order's row is locked or made.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from catalog.actions import stock
from catalog.models import StockMovement
from orders.models import Order, OrderLine, Reservation

# How long somebody may take to pay by card. A session at Stripe lives at least as long.
HOLD = timedelta(minutes=30)

Status = Reservation.Status


def record(lines: Iterable[OrderLine], held: Iterable[stock.Held], until: datetime | None) -> None:
    """Write down which line holds the pieces that were set aside; `until` is None for an agreed order.

    A variant may be in several lines, with other answers, and come from several levels: the pieces are dealt out.
    """
    lines, held = list(lines), list(held)
    lines_hold, sums = Counter(), Counter()
    for line in lines:
        lines_hold[line.variant_id] += line.quantity
    piles: dict[int, dict[int, list[list[int]]]] = defaultdict(lambda: defaultdict(list))
    for piece in held:
        piles[piece.wanted_id][piece.variant_id].append([piece.level_id, piece.quantity])
        sums[piece.wanted_id, piece.variant_id] += piece.quantity

    def each(line: OrderLine, variant_id: int) -> int:
        return sums[line.variant_id, variant_id] // lines_hold[line.variant_id]

    Reservation.objects.bulk_create(
        Reservation(line=line, level_id=level_id, quantity=number, expires_at=until)
        for line in lines
        for variant_id, pile in piles[line.variant_id].items()
        for level_id, number in _dealt(pile, each(line, variant_id) * line.quantity)
    )


def _dealt(pile: list[list[int]], missing: int) -> Iterator[tuple[int, int]]:
    """(level, pieces) from the top of the pile."""
    while missing:
        level_id, there = pile[0]
        number = min(missing, there)
        yield level_id, number
        missing -= number
        pile[0][1] -= number
        if not pile[0][1]:
            pile.pop(0)


def keep(order: Order) -> None:
    """The order is agreed: its pieces are held until they are sent."""
    Reservation.objects.filter(line__order=order, status=Status.HELD).update(expires_at=None)


def extend(order: Order, until: datetime) -> None:
    """Hold the pieces of an unpaid order until then instead."""
    Reservation.objects.filter(line__order=order, status=Status.HELD, expires_at__lt=until).update(expires_at=until)


def release(order: Order) -> None:
    """Put everything that is held back on sale."""
    stock.release(_turn(order, Status.HELD, Status.RELEASED))


def ship(order: Order, actor: str = "") -> None:
    """Everything that is held leaves the shelf, under the order's number. Raises stock.NotOnHand."""
    stock.ship(_turn(order, Status.HELD, Status.SHIPPED), document=order.number, actor=actor)


def restock(order: Order, actor: str = "") -> None:
    """Put what was sent off back on the shelf it came from."""
    for held in _turn(order, Status.SHIPPED, Status.RELEASED):
        reason = StockMovement.Reason.RETURNED
        stock.restock(held.level_id, held.quantity, reason, document=order.number, actor=actor)


def take_again(order: Order, until: datetime | None) -> None:
    """Set aside once more what was released. Raises stock.SoldOut, or for a variant that was deleted."""
    released = list(_rows(order, Status.RELEASED))
    lines = list({row.line_id: row.line for row in released}.values())
    wanted: Counter[int] = Counter()
    for line in lines:
        wanted[line.variant_id or 0] += line.quantity
    held = stock.reserve(wanted)
    # It may come from other shelves this time.
    Reservation.objects.filter(pk__in=[row.pk for row in released]).delete()
    record(lines, held, until)


def _turn(order: Order, status: str, into: str) -> list[stock.Held]:
    """Change the reservations of one status, and say what they held. In the order in which everybody locks."""
    rows = list(_rows(order, status))
    Reservation.objects.filter(pk__in=[row.pk for row in rows], status=status).update(status=into, expires_at=None)
    return [stock.Held(row.level_id, row.level.variant_id, row.quantity) for row in rows]


def _rows(order: Order, status: str):
    return Reservation.objects.filter(line__order=order, status=status).select_related("line", "level").order_by("pk")
