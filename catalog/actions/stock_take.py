"""A stock-take: scan, correct, and at the end book what differs. Sales go on meanwhile and are not lost.

Booked is a difference, not a number: what was sold after a shelf was counted is sold, and stays so.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from catalog.actions import stock
from catalog.models import Location, StockLevel, StockMovement, StockTake, StockTakeLine, Variant
from catalog.queries.codes import by_code

MOST = 10**6
COUNTED = StockMovement.Reason.COUNTED


class UnknownCode(Exception):
    """Nothing has this SKU or barcode."""


class SeveralHaveIt(Exception):
    """Two variants have this barcode: their SKU tells them apart."""


class IsClosed(Exception):
    """The stock-take was finished or abandoned before."""


class TooMany(Exception):
    """More than a person counts."""


def start(location: Location, now: datetime, actor: str = "") -> StockTake:
    """Begin to count a place; the count that is open there already goes on."""
    try:
        with transaction.atomic():
            return StockTake.objects.create(location=location, started_by=actor, started_at=now)
    except IntegrityError:
        return StockTake.objects.get(location=location, status=StockTake.Status.OPEN)


@transaction.atomic
def scan(take: StockTake, code: str, now: datetime, pieces: int = 1) -> StockTakeLine:
    """One more piece of what has that SKU or barcode. Raises UnknownCode, SeveralHaveIt, IsClosed, TooMany."""
    _lock(take)
    found = by_code(code)
    if not found:
        raise UnknownCode(code)
    if len(found) > 1:
        raise SeveralHaveIt(code)
    line = StockTakeLine.objects.filter(take=take, variant=found[0]).first()
    return _write(take, found[0], (line.counted if line else 0) + pieces, now)


@transaction.atomic
def set_counted(take: StockTake, variant: Variant, counted: int, now: datetime) -> StockTakeLine:
    """So many were counted in all. Raises IsClosed, TooMany."""
    _lock(take)
    return _write(take, variant, counted, now)


@transaction.atomic
def forget(take: StockTake, line_id: int) -> None:
    """A line was counted by mistake: it is not counted at all. Raises IsClosed."""
    _lock(take)
    StockTakeLine.objects.filter(take=take, pk=line_id).delete()


@transaction.atomic
def finish(take: StockTake, now: datetime, actor: str = "", rest_is_zero: bool = False) -> StockTake:
    """Book every difference; with `rest_is_zero` what was not counted is not there. Raises IsClosed.

    A line that would leave less than is held for orders is not booked, and says so.
    """
    _lock(take)
    if rest_is_zero:
        _count_the_rest(take, now)
    lines = take.lines.select_related("variant").order_by("variant_id")
    for line in lines:
        if line.difference:
            _book(take, line, actor)
    return _close(take, StockTake.Status.FINISHED, now)


@transaction.atomic
def abandon(take: StockTake, now: datetime) -> StockTake:
    """Nothing is booked. Raises IsClosed."""
    _lock(take)
    return _close(take, StockTake.Status.ABANDONED, now)


def not_counted(take: StockTake) -> Iterable[StockLevel]:
    """Levels of the place with pieces on them that nobody has counted yet."""
    counted = take.lines.values("variant_id")
    levels = StockLevel.objects.filter(location=take.location_id, on_hand__gt=0).exclude(variant_id__in=counted)
    return levels.select_related("variant__product").order_by("variant__sku")


def _lock(take: StockTake) -> None:
    if not StockTake.objects.select_for_update().filter(pk=take.pk, status=StockTake.Status.OPEN).exists():
        raise IsClosed(take.pk)


def _write(take: StockTake, variant: Variant, counted: int, now: datetime) -> StockTakeLine:
    if not 0 <= counted <= MOST:
        raise TooMany(counted)
    level = StockLevel.objects.filter(variant=variant, location=take.location_id).first()
    on_hand = level.on_hand if level else 0
    line, _made = StockTakeLine.objects.update_or_create(
        take=take,
        variant=variant,
        defaults={"counted": counted, "expected": on_hand, "counted_at": now},
        create_defaults={"counted": counted, "expected": on_hand, "was": on_hand, "counted_at": now},
    )
    return line


def _count_the_rest(take: StockTake, now: datetime) -> None:
    StockTakeLine.objects.bulk_create(
        StockTakeLine(take=take, variant_id=level.variant_id, expected=level.on_hand, was=level.on_hand, counted_at=now)
        for level in not_counted(take)
    )


def _book(take: StockTake, line: StockTakeLine, actor: str) -> None:
    try:
        with transaction.atomic():
            stock.adjust(
                line.variant,
                by=line.difference,
                location=take.location,
                reason=COUNTED,
                document=f"S{take.pk}",
                actor=actor,
            )
    except stock.HeldForOrders as held:
        line.refused = _("%(held)d pieces are held for orders.") % {"held": held.reserved}
    else:
        line.posted = line.difference
    line.save(update_fields=["posted", "refused"])


def _close(take: StockTake, status: str, now: datetime) -> StockTake:
    StockTake.objects.filter(pk=take.pk).update(status=status, closed_at=now)
    take.status, take.closed_at = status, now
    return take
