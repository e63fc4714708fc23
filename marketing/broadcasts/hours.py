"""At which hour somebody is here: counted from his own visits and orders, leaning on those of the whole shop."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.db.models.functions import ExtractHour

from marketing.models import Event

# As many visits of the shop as a whole are added to a person's own: one visit at night makes nobody an owl.
WEIGHT = 8
LOOKS_BACK = timedelta(days=180)
# The newest of these tell enough about the shop.
SHOP_LOOKS_BACK = timedelta(days=28)
# What a person does here himself, as opposed to what we or a carrier do.
HIS = [Event.Type.VIEWED, Event.Type.BROWSED, Event.Type.SEARCHED, Event.Type.ADDED, Event.Type.ORDERED]

Counts = Mapping[int, int]


def best_hour(own: Counts, shop: Sequence[float]) -> int:
    """The hour of the day with the greatest expected share of his visits; both by the clock of the person. Pure.

    His counts are shrunk to the shares of the shop; neighbouring hours count half, so that one busy hour beats a
    lucky one.
    """
    whole = sum(own.values()) + WEIGHT
    shares = [(own.get(hour, 0) + WEIGHT * shop[hour]) / whole for hour in range(24)]
    smooth = [shares[h] + 0.5 * (shares[h - 1] + shares[(h + 1) % 24]) for h in range(24)]
    return max(range(24), key=lambda hour: (smooth[hour], -hour))


def shares_of_shop(now: datetime, zone: ZoneInfo) -> list[float]:
    """The share of each hour of the shop's clock; even while nobody came yet."""
    counts = shifted(_counted(Event.objects.filter(type__in=HIS, occurred_at__gte=now - SHOP_LOOKS_BACK)), zone, now)
    whole = sum(counts.values())
    return [(counts.get(hour, 0) / whole if whole else 1 / 24) for hour in range(24)]


def visits_of(people: Iterable[int], now: datetime) -> dict[int, dict[int, int]]:
    """For each of these who came at all: visits and orders by the hour of universal time; one query."""
    mine = Event.objects.filter(profile__in=list(people), type__in=HIS, occurred_at__gte=now - LOOKS_BACK)
    found: dict[int, dict[int, int]] = defaultdict(dict)
    rows = mine.order_by().values_list("profile", ExtractHour("occurred_at", tzinfo=UTC)).annotate(n=Count("pk"))
    for profile, hour, number in rows:
        found[profile][hour] = number
    return found


def shifted(counts: Counts, zone: ZoneInfo, now: datetime) -> dict[int, int]:
    """Hours of universal time as the clock of the zone shows them at this time of the year."""
    offset = round(now.astimezone(zone).utcoffset() / timedelta(hours=1))
    return {(hour + offset) % 24: number for hour, number in counts.items()}


def _counted(events) -> dict[int, int]:
    rows = events.order_by().values_list(ExtractHour("occurred_at", tzinfo=UTC)).annotate(n=Count("pk"))
    return dict(rows)
