"""Hours in which somebody is left in peace, by his own clock. Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.core import get_global
from django.utils.timezone import get_default_timezone


def zone_of(time_zone: str, country: str) -> ZoneInfo:
    """The zone of a person: as known, or the only one of the country, or the shop's own."""
    zones = get_global("territory_zones").get(country.upper(), []) if country else []
    name = time_zone or (zones[0] if len(zones) == 1 else "")
    try:
        return ZoneInfo(name) if name else get_default_timezone()
    except (KeyError, ValueError, OSError):
        return get_default_timezone()


def loud_from(now: datetime, zone: ZoneInfo, begins: time | None, ends: time | None) -> datetime | None:
    """When the quiet hours end in which `now` lies; None when it lies in none.

    An end that the clock leaps over comes as soon as it has leapt; one that it shows twice comes the first time.
    """
    if begins is None or ends is None or begins == ends:
        return None
    local = now.astimezone(zone)
    clock = local.timetz().replace(tzinfo=None)
    over_night = begins > ends
    is_quiet = (clock >= begins or clock < ends) if over_night else begins <= clock < ends
    if not is_quiet:
        return None
    day = local.date() + timedelta(days=1) if over_night and clock >= begins else local.date()
    end = datetime.combine(day, ends, tzinfo=zone).astimezone(UTC)
    # In the hour that the clock shows twice the first end has passed already: nothing waits for a second one.
    return end if end > now else None
