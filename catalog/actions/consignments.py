"""Goods on their way: sent off, received in part or whole, called off. The ledger is written at both ends."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, Min, Sum

from catalog.actions import stock
from catalog.models import Consignment, ConsignmentLine, Location, StockLevel, StockMovement

Status, Reason = Consignment.Status, StockMovement.Reason


class NotNow(Exception):
    """The consignment is not in the state for that: somebody did it before, or called it off."""


class NothingInIt(Exception):
    """It has no lines."""


class TooManyReceived(Exception):
    """More was to be received of a transfer than was sent; `sku` is of which variant."""

    def __init__(self, sku: str) -> None:
        super().__init__(sku)
        self.sku = sku


@transaction.atomic
def send(consignment: Consignment, now: datetime, actor: str = "") -> None:
    """It is on its way: its pieces are incoming there. Those of a transfer leave the shelf here.

    Raises NotNow, NothingInIt, stock.HeldForOrders when a shelf has not so many that nobody holds.
    """
    consignment = _locked(consignment, Status.DRAFT)
    lines = _lines(consignment)
    if not lines:
        raise NothingInIt
    if consignment.is_transfer:
        for line in lines:
            _move(line, consignment.source, -line.quantity, Reason.SENT, consignment.code, actor)
    _turn(consignment, Status.UNDER_WAY, sent_at=now)
    recount_incoming(consignment.destination, [line.variant_id for line in lines])


@transaction.atomic
def receive(consignment: Consignment, pieces: Mapping[int, int], now: datetime, actor: str = "") -> int:
    """So many pieces of these lines (by key) have come; returns how many in all. The last one closes it.

    Of a transfer no more can come than was sent; a supplier may send more than was ordered. Raises NotNow,
    TooManyReceived, ValueError for less than nothing.
    """
    if any(number < 0 for number in pieces.values()):
        raise ValueError("Less than nothing cannot come.")
    consignment = _locked(consignment, Status.UNDER_WAY)
    lines = _lines(consignment)
    reason = Reason.ARRIVED if consignment.is_transfer else Reason.RECEIVED
    for line in lines:
        number = pieces.get(line.pk, 0)
        if number and consignment.is_transfer and number > line.missing:
            raise TooManyReceived(line.variant.sku)
        if number:
            line.received += number
            ConsignmentLine.objects.filter(pk=line.pk).update(received=F("received") + number)
            _move(line, consignment.destination, number, reason, consignment.code, actor)
    if not any(line.missing for line in lines):
        _turn(consignment, Status.RECEIVED, closed_at=now)
    recount_incoming(consignment.destination, [line.variant_id for line in lines])
    return sum(pieces.values())


@transaction.atomic
def close(consignment: Consignment, now: datetime) -> None:
    """Nothing more will come of it. What was sent and never came is lost: it left the shelf there. Raises NotNow."""
    consignment = _locked(consignment, Status.UNDER_WAY)
    _turn(consignment, Status.RECEIVED, closed_at=now)
    recount_incoming(consignment.destination, [line.variant_id for line in _lines(consignment)])


@transaction.atomic
def call_off(consignment: Consignment, now: datetime, actor: str = "") -> None:
    """It does not come: what a transfer had taken lies where it was. Raises NotNow, also when some of it has come."""
    consignment = _locked(consignment, Status.DRAFT, Status.UNDER_WAY)
    lines = _lines(consignment)
    if any(line.received for line in lines):
        raise NotNow(consignment.pk)
    if consignment.is_transfer and consignment.status == Status.UNDER_WAY:
        for line in lines:
            _move(line, consignment.source, line.quantity, Reason.ARRIVED, consignment.code, actor)
    _turn(consignment, Status.CANCELLED, closed_at=now)
    recount_incoming(consignment.destination, [line.variant_id for line in lines])


@transaction.atomic
def expect_on(consignment: Consignment) -> None:
    """The day of a consignment that is under way was changed: pages name the new one."""
    lines = _lines(consignment)
    recount_incoming(consignment.destination, [line.variant_id for line in lines])


def recount_incoming(place: Location, variant_ids: Iterable[int]) -> None:
    """Write on the levels what is incoming there and when the next of it is expected. Inside a transaction."""
    ids = sorted(set(variant_ids))
    under_way = ConsignmentLine.objects.filter(
        consignment__destination=place,
        consignment__status=Status.UNDER_WAY,
        variant_id__in=ids,
        received__lt=F("quantity"),
    ).order_by()
    sums = under_way.values("variant_id").annotate(
        pieces=Sum(F("quantity") - F("received")), day=Min("consignment__expected_on")
    )
    found = {row["variant_id"]: (row["pieces"], row["day"]) for row in sums}
    for variant_id in ids:
        pieces, day = found.get(variant_id, (0, None))
        level, _ = StockLevel.objects.get_or_create(variant_id=variant_id, location=place)
        # A day that a person typed stays when nothing was on its way.
        if pieces or level.incoming:
            StockLevel.objects.filter(pk=level.pk).update(incoming=pieces, comes_on=day)


def _locked(consignment: Consignment, *wanted: str) -> Consignment:
    row = Consignment.objects.select_for_update().get(pk=consignment.pk)
    if row.status not in wanted:
        raise NotNow(row.pk)
    return row


def _lines(consignment: Consignment) -> list[ConsignmentLine]:
    """In the order in which everybody locks."""
    return list(consignment.lines.select_related("variant").order_by("variant_id"))


def _move(line: ConsignmentLine, place: Location, by: int, reason: str, document: str, actor: str) -> None:
    stock.adjust(line.variant, by=by, location=place, reason=reason, document=document, actor=actor)


def _turn(consignment: Consignment, status: str, **dates: datetime) -> None:
    consignment.status = status
    Consignment.objects.filter(pk=consignment.pk).update(status=status, **dates)
