"""How often each carrier kept the day that was promised."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import localdate, make_aware

from orders.models import Shipment

#: Bars of the chart.
WEEKS = 12


@dataclass(frozen=True, slots=True)
class Kept:
    """Parcels of one carrier that had a promised day: `kept` came in time, `late` afterwards, of `unknown` nobody told.

    `left_late` of them were handed to the carrier after the promised day, so that he could not keep it.
    """

    carrier: str
    kept: int
    late: int
    unknown: int
    left_late: int
    # The percentage of each week, None where nothing is known; the oldest first.
    weeks: tuple[int | None, ...] = ()

    @property
    def told(self) -> int:
        return self.kept + self.late

    @property
    def percent(self) -> int | None:
        return share(self.kept, self.told)


def kept_promises(first: date, last: date) -> list[Kept]:
    """By carrier, of parcels promised for these days (both included). One query.

    A parcel without a day of arrival counts as late once the promised day has passed and it had not even left.
    """
    since, until = (make_aware(datetime.combine(day, time.min)) for day in (first - timedelta(days=90), last))
    rows = Shipment.objects.filter(
        order__promised_on__range=(first, last),
        shipped_at__gte=since,
        shipped_at__lt=until + timedelta(days=180),
        order__pickup_address="",
    ).values_list("carrier", "order__promised_on", "arrived_on", "shipped_at")
    found: dict[str, list[tuple[date, str, bool]]] = {}
    for carrier, promised, arrived, shipped_at in rows.iterator(chunk_size=2000):
        left_late = localdate(shipped_at) > promised
        found.setdefault(carrier, []).append((promised, _fate(promised, arrived, left_late), left_late))
    return [_of(carrier, rows, last) for carrier, rows in sorted(found.items())]


def share(part: int, whole: int) -> int | None:
    """In percent, rounded down: only all of it is a hundred."""
    return part * 100 // whole if whole else None


def _fate(promised: date, arrived: date | None, left_late: bool) -> str:
    if arrived is None:
        return "late" if left_late else "unknown"
    return "kept" if arrived <= promised else "late"


def _of(carrier: str, rows: Iterable[tuple[date, str, bool]], last: date) -> Kept:
    rows = list(rows)
    sums = Counter(fate for _promised, fate, _left_late in rows)
    weeks = Counter(((last - promised).days // 7, fate) for promised, fate, _left_late in rows)
    return Kept(
        carrier=carrier,
        kept=sums["kept"],
        late=sums["late"],
        unknown=sums["unknown"],
        left_late=sum(left_late for *_rest, left_late in rows),
        weeks=tuple(
            share(weeks[back, "kept"], weeks[back, "kept"] + weeks[back, "late"]) for back in reversed(range(WEEKS))
        ),
    )
