"""What buyers of this shop are like, worked out every night: the borders of stages and of the fifths."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from django.db.models import Q

from marketing.models import Measures, PastOrder, Profile, Purchase
from marketing.stages import ENOUGH_BUYERS, LAPSE_DAYS, RISK_DAYS
from orders.models import Order

FIFTHS = (0.2, 0.4, 0.6, 0.8)
LONGEST_GAP = 3650
KEPT = 400


def measure(now: datetime) -> Measures:
    """Measure all buyers by the numbers in their profiles, and write it down. Flat in memory."""
    buyers = Profile.objects.filter(orders_count__gt=0)
    number = buyers.count()
    gaps = _gaps() if number >= ENOUGH_BUYERS else None
    is_fixed = gaps is None or sum(gaps) < ENOUGH_BUYERS
    recent = [_days(moment, now) for moment in _at(buyers.order_by("-last_order_at", "pk"), "last_order_at", number)]
    rich = buyers.filter(spent_year__gt=0)
    made = Measures.objects.create(
        buyers=number,
        is_fixed=is_fixed,
        risk_days=RISK_DAYS if is_fixed else _share(gaps, 0.80),
        lapse_days=LAPSE_DAYS if is_fixed else max(_share(gaps, 0.95), _share(gaps, 0.80) + 1),
        vip_from=_vip_from(rich, rich.count()),
        recency=recent,
        frequency=_at(buyers.order_by("orders_count", "pk"), "orders_count", number),
        money=_at(buyers.order_by("spent", "pk"), "spent", number),
        made_at=now,
    )
    old = Measures.objects.order_by("-pk").values_list("pk", flat=True)[KEPT : KEPT + 1]
    Measures.objects.filter(pk__lte=next(iter(old), 0)).delete()
    return made


def _at(rows, name: str, number: int) -> list:
    """The values at the borders of the fifths; none of nobody."""
    places = [int(share * number) for share in FIFTHS] if number else []
    return [rows.values_list(name, flat=True)[place] for place in places]


def _vip_from(rich, number: int) -> int | None:
    """What the best twentieth spent in a year, from twenty who bought anything on."""
    return (
        rich.order_by("-spent_year", "pk").values_list("spent_year", flat=True)[number // 20 - 1]
        if number >= 20
        else None
    )


def _days(moment: datetime, now: datetime) -> int:
    return (now - moment).days


def _gaps() -> list[int]:
    """How many gaps between two orders of one person lasted so many days."""
    counts = [0] * (LONGEST_GAP + 1)
    for moments in _moments():
        for earlier, later in zip(moments, moments[1:], strict=False):
            counts[min(LONGEST_GAP, (later - earlier).days)] += 1
    return counts


def _moments() -> Iterator[list[datetime]]:
    """When each person ordered, one after the other; of who has history of both kinds, each kind alone."""
    ours = Purchase.objects.filter(order__status=Order.Status.PLACED).order_by("profile_id", "order__placed_at")
    past = PastOrder.objects.filter(Q(value__gte=0)).order_by("profile_id", "placed_at")
    for rows in (ours.values_list("profile_id", "order__placed_at"), past.values_list("profile_id", "placed_at")):
        for _profile, times in groupby(rows.iterator(2000), key=lambda row: row[0]):
            yield [moment for _pk, moment in times]


def _share(counts: list[int], share: float) -> int:
    """The days that so large a share of the gaps does not pass."""
    left = share * sum(counts)
    for days, count in enumerate(counts):
        left -= count
        if left <= 0:
            return max(1, days)
    return LONGEST_GAP
