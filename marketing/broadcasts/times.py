"""At which moment somebody is written to: the same for all, by his own clock, or at his best hour. Pure."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# Where a day begins first: 14 hours before London.
EASTERNMOST = timezone(timedelta(hours=14))


def by_his_clock(scheduled_at: datetime, shop: ZoneInfo, zone: ZoneInfo) -> datetime:
    """When the clock of `zone` shows what that of the shop shows at `scheduled_at`.

    A time that the clock leaps over comes as much later as it leaps; one that it shows twice comes the first time.
    """
    wall = scheduled_at.astimezone(shop).replace(tzinfo=None, fold=0)
    return wall.replace(tzinfo=zone).astimezone(UTC)


def at_best_hour(scheduled_at: datetime, zone: ZoneInfo, hour: int) -> datetime:
    """The first moment within 24 hours in which the clock of `zone` shows that hour; at once if it does already."""
    local = scheduled_at.astimezone(zone)
    if local.hour == hour:
        return scheduled_at
    start = local.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    for later in range(1, 25):
        moment = start + later * HOUR
        if moment.astimezone(zone).hour == hour:
            return min(moment, scheduled_at + DAY)
    # An hour that the clock leaps over on that day.
    return scheduled_at


def first_moment(scheduled_at: datetime, shop: ZoneInfo, is_local: bool) -> datetime:
    """The earliest moment of anybody, wherever he lives."""
    if not is_local:
        return scheduled_at
    wall = scheduled_at.astimezone(shop).replace(tzinfo=None)
    return min(scheduled_at, wall.replace(tzinfo=EASTERNMOST).astimezone(UTC))


def next_moment(scheduled_at: datetime, shop: ZoneInfo, days: int) -> datetime:
    """So many days later at the same hour of the shop, across clock changes."""
    wall = scheduled_at.astimezone(shop).replace(tzinfo=None, fold=0) + timedelta(days=days)
    return wall.replace(tzinfo=shop).astimezone(UTC)
