"""Pieces that an order holds: set aside, given back, sent off. Each reservation remembers its level on the shelf.

These are steps of larger actions: they run inside the caller's transaction, after the order's row is locked or made.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from catalog.actions import stock
from catalog.models import StockMovement
from orders.models import Order, OrderLine, Reservation

# How long somebody may take to pay by card. A session at Stripe lives at least as long.
HOLD = timedelta(minutes=30)

Status = Reservation.Status


def record(lines: Iterable[OrderLine], held: Iterable[stock.Held], until: datetime | None) -> None:
    """Write down which line holds the pieces that were set aside; `until` is None for an agreed order."""
    levels = {piece.variant_id: piece.level_id for piece in held}
    # A variant may be in several lines, with other answers; all its pieces come from one level.
    Reservation.objects.bulk_create(
        Reservation(line=line, level_id=levels[line.variant_id], quantity=line.quantity, expires_at=until)
        for line in lines
        if line.variant_id in levels
    )


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
    """Everything that is held leaves the shelf, under the order's number."""
    stock.ship(_turn(order, Status.HELD, Status.SHIPPED), document=order.number, actor=actor)


def restock(order: Order, actor: str = "") -> None:
    """Put what was sent off back on the shelf it came from."""
    for held in _turn(order, Status.SHIPPED, Status.RELEASED):
        reason = StockMovement.Reason.RETURNED
        stock.restock(held.level_id, held.quantity, reason, document=order.number, actor=actor)


def take_again(order: Order, until: datetime | None) -> None:
    """Set aside once more what was released. Raises stock.SoldOut, or for a variant that was deleted."""
    rows = list(_rows(order, Status.RELEASED))
    wanted = Counter()
    for row in rows:
        wanted[row.line.variant_id] += row.quantity
    for held in stock.reserve(wanted):
        mine = [row.pk for row in rows if row.line.variant_id == held.variant_id]
        Reservation.objects.filter(pk__in=mine).update(level_id=held.level_id, status=Status.HELD, expires_at=until)


def _turn(order: Order, status: str, into: str) -> list[stock.Held]:
    """Change the reservations of one status, and say what they held. In the order in which everybody locks."""
    rows = list(_rows(order, status))
    Reservation.objects.filter(pk__in=[row.pk for row in rows], status=status).update(status=into, expires_at=None)
    return [stock.Held(row.level_id, row.line.variant_id or 0, row.quantity) for row in rows]


def _rows(order: Order, status: str):
    return Reservation.objects.filter(line__order=order, status=status).select_related("line").order_by("pk")
