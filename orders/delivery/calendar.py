"""When a parcel arrives: arithmetic of working days. A promise is a range of dates in the shop's own calendar.

The parcel is worked on from the day of the order, or from the next working day of the house once the cut-off hour has
passed; when something in it is still to come, from the day on which it is there. It leaves `handling_days` working days
of the house later and is `min_days` to `max_days` working days of the carrier on its way.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from catalog.models.location import WORKDAYS

ONE_DAY = timedelta(days=1)
# Nobody closes for longer; a calendar filled by mistake must not keep a page counting for ever.
LONGEST_BREAK = 60


@dataclass(frozen=True, slots=True)
class Calendar:
    """When somebody works: `weekdays` are digits, Monday is 0; `closed` are the days off beside them."""

    weekdays: str = WORKDAYS
    closed: Collection[date] = frozenset()

    def works_on(self, day: date) -> bool:
        return str(day.weekday()) in self.weekdays and day not in self.closed

    def next_after(self, day: date) -> date:
        for _ in range(LONGEST_BREAK):
            day += ONE_DAY
            if self.works_on(day):
                break
        return day

    def on_or_after(self, day: date) -> date:
        return day if self.works_on(day) else self.next_after(day)

    def after(self, day: date, count: int) -> date:
        """So many working days later; the first working day from then on when that is none."""
        for _ in range(count):
            day = self.next_after(day)
        return day if count else self.on_or_after(day)


@dataclass(frozen=True, slots=True)
class Promise:
    """`order_by` is the moment until which these days hold."""

    arrives_from: date
    arrives_by: date
    order_by: datetime


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast somebody is: until which hour orders are packed the same day, and working days to pack and to travel."""

    cutoff_hour: int = 14
    handling_days: int = 1
    min_days: int = 1
    max_days: int = 3


def promise(
    now: datetime,
    zone: ZoneInfo,
    house: Calendar,
    road: Calendar,
    pace: Pace,
    ready_on: date | None = None,
    lead_days: int = 0,
) -> Promise:
    """The days that an order made `now` is promised for; what is made to order takes `lead_days` working days more."""
    start = now.astimezone(zone).date()
    # The next cut-off on a working day that is still ahead of us.
    day = house.on_or_after(start)
    while cutoff(day, pace.cutoff_hour, zone) <= now:
        day = house.next_after(day)
    made = house.after(day, lead_days)
    if ready_on and ready_on > made:
        made = house.on_or_after(ready_on)
    leaves = house.after(made, pace.handling_days)
    first, last = road.after(leaves, pace.min_days), road.after(leaves, pace.max_days)
    return Promise(first, last, cutoff(day, pace.cutoff_hour, zone))


def cutoff(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """The moment the clock on the wall shows that hour; 24 is the end of the day."""
    if hour >= 24:
        day, hour = day + ONE_DAY, 0
    return datetime.combine(day, time(hour), zone).astimezone(UTC)
