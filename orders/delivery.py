"""When a parcel arrives and what it costs. A promise is a range of dates in the shop's own calendar.

The parcel is worked on from the day of the order, or from the next working day once the cut-off hour has passed; when
something in it is still to come, from the day on which it is there. It
leaves `handling_days` working days later and is `min_days` to `max_days` working days on its way. Saturdays, Sundays
and closed days count for nothing.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from orders.kept import at, kept, state
from orders.models import ClosedDay, DeliveryMethod, DeliveryPrice

ONE_DAY = timedelta(days=1)
SATURDAY = 5
# Nobody closes for longer; a calendar filled by mistake must not keep a page counting for ever.
LONGEST_BREAK = 60


@dataclass(frozen=True, slots=True)
class Offer:
    """A way to deliver, with its price (minor units, tax included) and the days it promises.

    `order_by` is the moment until which these days hold.
    """

    method: DeliveryMethod
    price: int
    arrives_from: date
    arrives_by: date
    order_by: datetime

    @property
    def code(self) -> str:
        return self.method.code

    @property
    def name(self) -> str:
        return self.method.name


@dataclass(frozen=True, slots=True)
class Promise:
    arrives_from: date
    arrives_by: date
    order_by: datetime


def offers(
    goods_total: int,
    country: str,
    now: datetime,
    ready_on: date | None = None,
    lead_days: int = 0,
    currency: str = "",
) -> list[Offer]:
    """What can be offered for goods of that value to that country, cheapest first.

    `ready_on` is the day on which the last of the goods is there, None when all are; `lead_days` are the working days
    that the slowest of them takes to make. In another currency than the shop's own only methods that have a price in
    it are given.
    """
    with at(state()):
        return offers_among(methods_in(currency), goods_total, country, now, ready_on, lead_days)


def methods_in(currency: str = "") -> list[DeliveryMethod]:
    """The methods on offer; in another currency those with a price in it, which is then their `price`."""
    if currency in ("", settings.SHOP_CURRENCY):
        return list(kept("delivery", lambda: tuple(DeliveryMethod.objects.filter(is_active=True))))
    return list(kept(("delivery", currency), lambda: tuple(_priced_in(currency))))


def _priced_in(currency: str) -> Iterator[DeliveryMethod]:
    methods = DeliveryMethod.objects.filter(is_active=True)
    prices = {row.method_id: row for row in DeliveryPrice.objects.filter(currency=currency, method__in=methods)}
    for method in methods:
        if row := prices.get(method.pk):
            method.price, method.free_from = row.price, row.free_from
            yield method


def closed_days() -> frozenset[date]:
    return kept("closed days", lambda: frozenset(ClosedDay.objects.values_list("day", flat=True)))


def offers_among(
    methods: list[DeliveryMethod],
    goods_total: int,
    country: str,
    now: datetime,
    ready_on: date | None = None,
    lead_days: int = 0,
) -> list[Offer]:
    """The same for methods that were read already."""
    methods = [method for method in methods if delivers_to(method, country)]
    if not methods:
        return []
    zone = ZoneInfo(settings.TIME_ZONE)
    closed = closed_days()
    found = [_offer(method, goods_total, now, zone, closed, ready_on, lead_days) for method in methods]
    return sorted(found, key=lambda offer: (offer.price, offer.arrives_by, offer.method.position, offer.method.pk))


def delivers_to(method: DeliveryMethod, country: str) -> bool:
    """A method without countries delivers everywhere."""
    codes = [place.code for place in method.countries]
    return not codes or country in codes


def price_of(method: DeliveryMethod, goods_total: int) -> int:
    if method.free_from is not None and goods_total >= method.free_from:
        return 0
    return method.price


def missing_for_free(methods: list[DeliveryMethod], goods_total: int, country: str) -> int | None:
    """How much more must be bought for free delivery: 0 when it is free, None when no sum makes it so."""
    methods = [method for method in methods if delivers_to(method, country)]
    if any(price_of(method, goods_total) == 0 for method in methods):
        return 0
    return min((m.free_from - goods_total for m in methods if m.free_from is not None), default=None)


def promise(
    now: datetime,
    zone: ZoneInfo,
    closed: Collection[date],
    *,
    cutoff_hour: int,
    handling_days: int,
    min_days: int,
    max_days: int,
    ready_on: date | None = None,
    lead_days: int = 0,
) -> Promise:
    """The days that an order made `now` is promised for; what is made to order takes `lead_days` working days more."""
    start = now.astimezone(zone).date()
    # The next cut-off on a working day that is still ahead of us.
    day = next_working_day(start - ONE_DAY, closed)
    while cutoff(day, cutoff_hour, zone) <= now:
        day = next_working_day(day, closed)
    made = after_working_days(day, lead_days, closed)
    if ready_on and ready_on > made:
        made = next_working_day(ready_on - ONE_DAY, closed)
    leaves = after_working_days(made, handling_days, closed)
    return Promise(
        after_working_days(leaves, min_days, closed),
        after_working_days(leaves, max_days, closed),
        cutoff(day, cutoff_hour, zone),
    )


def cutoff(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """The moment the clock on the wall shows that hour; 24 is the end of the day."""
    if hour >= 24:
        day, hour = day + ONE_DAY, 0
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


def after_working_days(day: date, count: int, closed: Collection[date]) -> date:
    for _ in range(count):
        day = next_working_day(day, closed)
    return day


def next_working_day(day: date, closed: Collection[date]) -> date:
    for _ in range(LONGEST_BREAK):
        day += ONE_DAY
        if day.weekday() < SATURDAY and day not in closed:
            break
    return day


def _offer(
    method: DeliveryMethod,
    goods_total: int,
    now: datetime,
    zone: ZoneInfo,
    closed: Collection[date],
    ready_on: date | None,
    lead_days: int = 0,
) -> Offer:
    days = promise(
        now,
        zone,
        closed,
        cutoff_hour=method.cutoff_hour,
        handling_days=method.handling_days,
        min_days=method.min_days,
        max_days=method.max_days,
        ready_on=ready_on,
        lead_days=lead_days,
    )
    return Offer(method, price_of(method, goods_total), days.arrives_from, days.arrives_by, days.order_by)
