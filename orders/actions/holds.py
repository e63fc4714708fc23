"""Pieces that an order holds: set aside, given back, sent off. Each reservation remembers its level on the shelf.

These are steps of larger actions: they run inside the caller's transaction, after the order's row is locked or made.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from django.db.models import F

from catalog import bulk
from catalog.actions import picking, stock
from catalog.models import StockLevel, StockMovement
from orders.models import Order, OrderLine, Reservation
from orders.queries.held import per_piece

# How long somebody may take to pay by card. A session at Stripe lives at least as long.
HOLD = timedelta(minutes=30)
# The same for whoever got the link to the card page in a letter. Stripe keeps a page open for a day at the most.
HOLD_BY_LETTER = timedelta(hours=23, minutes=45)

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

    bulk.create(
        Reservation(line=line, level_id=level_id, quantity=number, expires_at=until)
        for line in lines
        for variant_id, pile in piles[line.variant_id].items()
        for level_id, number in _dealt(pile, each(line, variant_id) * line.quantity)
    )


def record_more(line: OrderLine, held: Iterable[stock.Held]) -> None:
    """The line holds these pieces as well."""
    for piece in held:
        known = Reservation.objects.filter(line=line, level=piece.level_id, status=Status.HELD)
        if not known.update(quantity=F("quantity") + piece.quantity):
            Reservation.objects.create(line=line, level_id=piece.level_id, quantity=piece.quantity)


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
    held = stock.reserve(wanted, order.pickup_place_id)
    # It may come from other shelves this time.
    Reservation.objects.filter(pk__in=[row.pk for row in released]).delete()
    record(lines, held, until)


def lock(order: Order) -> None:
    """Every shelf that the order holds something on, in the order in which everybody locks."""
    rows = Reservation.objects.filter(line__order=order, status=Status.HELD)
    picking.lock_shelves(set(rows.values_list("level__variant_id", flat=True)))


def gather(order: Order, place: int | None) -> None:
    """What is left to send is held at that place as far as it lies there, None: wherever parcels are packed.

    Raises stock.SoldOut when not all of it could be set aside anew.
    """
    lines = [line for line in order.lines.order_by("pk") if line.left and line.variant_id]
    rows = [row for row in _rows_of(lines) if row.status == Status.HELD]
    counted = {row.line_id for row in rows}
    lines = [line for line in lines if line.pk in counted]
    # Every shelf at once, in the order in which everybody locks: they give and take.
    picking.lock_shelves({row.level.variant_id for row in rows})
    stock.release(_turn_some({line: line.left for line in lines}, Status.HELD, None))
    for line in lines:
        record_more(line, stock.reserve({line.variant_id: line.left}, place))


def ship_some(pieces: Mapping[OrderLine, int], document: str, actor: str = "") -> None:
    """So many pieces of these lines leave the shelf. Raises stock.NotOnHand."""
    stock.ship(_turn_some(pieces, Status.HELD, Status.SHIPPED), document=document, actor=actor)


def release_some(pieces: Mapping[OrderLine, int]) -> None:
    """Put so many of the held pieces of these lines back on sale."""
    stock.release(_turn_some(pieces, Status.HELD, Status.RELEASED))


def forget_some(pieces: Mapping[OrderLine, int]) -> None:
    """`release_some` for lines that are about to be so much shorter: nothing of it is kept."""
    stock.release(_turn_some(pieces, Status.HELD, None))


def put_back(line: OrderLine, pieces: int, location_id: int | None, document: str, actor: str = "") -> int:
    """Put up to so many of the pieces that were sent on the shelf: there, or where they came from. Returns how many."""
    rows = list(_rows_of([line]))
    # Pieces that are not counted lie on no shelf, but they came back all the same.
    most = min((_number(line, rows, Status.SHIPPED, variant) for variant in per_piece(line, rows)), default=line.sent)
    number = min(pieces, most)
    for held in _turn_some({line: number}, Status.SHIPPED, Status.RELEASED) if number else ():
        level_id = _level_at(held, location_id)
        stock.restock(level_id, held.quantity, StockMovement.Reason.RETURNED, document=document, actor=actor)
    return number


def _level_at(held: stock.Held, location_id: int | None) -> int:
    if location_id is None:
        return held.level_id
    return StockLevel.objects.get_or_create(variant_id=held.variant_id, location_id=location_id)[0].pk


def _turn(order: Order, status: str, into: str) -> list[stock.Held]:
    """Change the reservations of one status, and say what they held. In the order in which everybody locks."""
    rows = list(_rows(order, status))
    there = set(Reservation.objects.filter(line__order=order, status=into).values_list("line_id", "level_id"))
    alone = [row for row in rows if (row.line_id, row.level_id) not in there]
    Reservation.objects.filter(pk__in=[row.pk for row in alone], status=status).update(status=into, expires_at=None)
    for row in rows:
        if row not in alone:
            _move(row, row.quantity, into)
    return [_held(row, row.quantity) for row in rows]


def _turn_some(pieces: Mapping[OrderLine, int], status: str, into: str | None) -> list[stock.Held]:
    """The same for so many pieces of some lines; of a bundle, for its components."""
    found = defaultdict(list)
    for row in _rows_of(pieces):
        found[row.line_id].append(row)
    held = []
    for line, number in pieces.items():
        for variant_id, each in per_piece(line, found[line.pk]).items():
            missing = each * number
            for row in found[line.pk]:
                if row.status == status and row.level.variant_id == variant_id and missing:
                    taken = min(missing, row.quantity)
                    missing -= taken
                    held.append(_held(row, taken))
                    _move(row, taken, into)
            if missing:
                raise stock.NotHeld(line.pk)
    return held


def _number(line: OrderLine, rows: Iterable[Reservation], status: str, variant_id: int) -> int:
    """For how many pieces of the line there is enough of a variant in that status."""
    there = sum(row.quantity for row in rows if row.status == status and row.level.variant_id == variant_id)
    return there // per_piece(line, rows)[variant_id]


def _move(row: Reservation, number: int, into: str | None) -> None:
    """So many of its pieces are in another status now; None: nowhere."""
    if into and not Reservation.objects.filter(line=row.line_id, level=row.level_id, status=into).update(
        quantity=F("quantity") + number
    ):
        Reservation.objects.create(line_id=row.line_id, level_id=row.level_id, status=into, quantity=number)
    if number == row.quantity:
        Reservation.objects.filter(pk=row.pk).delete()
    else:
        Reservation.objects.filter(pk=row.pk).update(quantity=F("quantity") - number)


def _held(row: Reservation, number: int) -> stock.Held:
    return stock.Held(row.level_id, row.level.variant_id, number)


def _rows(order: Order, status: str):
    return Reservation.objects.filter(line__order=order, status=status).select_related("line", "level").order_by("pk")


def _rows_of(lines: Iterable[OrderLine]):
    return Reservation.objects.filter(line__in=list(lines)).select_related("level").order_by("pk")
