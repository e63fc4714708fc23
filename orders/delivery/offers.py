"""What can be offered for a parcel to a place, with its price and its days, and why not the rest. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language

from orders.delivery.calendar import Calendar, Pace, Promise, promise
from orders.delivery.parcel import Parcel
from orders.delivery.terms import Bracket, Spot, Terms, Way
from orders.delivery.why import Refused, Why
from orders.models import DeliveryMethod
from orders.tax.places import Place


@dataclass(frozen=True, slots=True)
class Wait:
    """What the days depend on beside the calendar.

    `ready_on` is the day on which the last of the goods is there, None when all are; `lead_days` are the working days
    that the slowest of them takes to make. `spots` are the places it is sent from, `lies_at` those that have all of it.
    """

    ready_on: date | None = None
    lead_days: int = 0
    spots: frozenset[int] = frozenset()
    lies_at: frozenset[int] = frozenset()

    @property
    def is_ready(self) -> bool:
        return not (self.ready_on or self.lead_days)


@dataclass(frozen=True, slots=True)
class Offer:
    """A way to deliver, with its price (minor units, tax included) and the days it promises.

    `order_by` is the moment until which these days hold. With a `spot` it is picked up there on any day from
    `arrives_from` on; `lies_there` when nothing has to be brought.
    """

    method: DeliveryMethod
    price: int
    arrives_from: date
    arrives_by: date
    order_by: datetime
    spot: Spot | None = None
    lies_there: bool = False
    # Costs nothing from this value of goods on, if that is so here and in this currency.
    free_from: int | None = None

    @property
    def code(self) -> str:
        return f"{self.method.code}.{self.spot.pk}" if self.spot else self.method.code

    @property
    def name(self) -> str:
        return self.place_name or self.method.name

    @property
    def is_pickup(self) -> bool:
        return self.spot is not None

    @property
    def is_point(self) -> bool:
        """Whether its buyer chooses a pick-up point of the carrier."""
        return self.method.kind == DeliveryMethod.Kind.POINT

    @property
    def goes_to_door(self) -> bool:
        return not (self.is_pickup or self.is_point)

    @property
    def place_name(self) -> str:
        return _said(self.spot.names) if self.spot else ""

    @property
    def hours(self) -> str:
        return _said(self.spot.hours) if self.spot else ""


@dataclass(frozen=True, slots=True)
class Survey:
    """Parcels to the door before those to a point, and pick-up last; the cheapest first.

    `missing_for_free` is how much more must be bought for free delivery to the door: 0 when it is free, None when no
    sum makes it so.
    """

    offers: tuple[Offer, ...] = ()
    refused: tuple[Refused, ...] = ()
    missing_for_free: int | None = None

    @property
    def why(self) -> Refused | None:
        """Why no parcel is offered: of all refusals the one that can be mended most easily."""
        if any(not offer.is_pickup for offer in self.offers):
            return None
        parcels = (one for one in self.refused if not one.is_pickup)
        return max(parcels, key=lambda one: one.why, default=Refused(0, Why.PLACE))


def survey(
    terms: Terms, parcel: Parcel, place: Place, now: datetime, currency: str = "", wait: Wait | None = None
) -> Survey:
    """All that applies for this parcel, in the currency of the shop unless another is named."""
    wait, currency = wait or Wait(), currency or settings.SHOP_CURRENCY
    zone = terms.zone_of(place)
    offers: list[Offer] = []
    refused: list[Refused] = []
    missing: list[int] = []
    for way in terms.ways:
        answer = way.ask(parcel, place, zone, currency)
        if isinstance(answer, Refused):
            refused.append(replace(answer, is_pickup=way.is_pickup))
            continue
        offers += _picked_up(terms, way, answer, parcel, now, wait) if way.is_pickup else [
            _sent(terms, way, answer, parcel, place, now, wait)
        ]  # fmt: skip
        if answer.free_from is not None and not (way.is_pickup or way.is_point):
            missing.append(max(answer.free_from - parcel.value, 0))
    if any(offer.price == 0 for offer in offers if offer.goes_to_door):
        missing = [0]
    return Survey(tuple(sorted(offers, key=_rank)), tuple(refused), min(missing, default=None))


def _rank(offer: Offer) -> tuple:
    spot = offer.spot.pk if offer.spot else 0
    by_stock = offer.is_pickup, offer.is_point, offer.is_pickup and not offer.lies_there
    return *by_stock, offer.price, offer.arrives_by, offer.method.position, offer.method.pk, spot


def _sent(terms: Terms, way: Way, asked: Bracket, parcel: Parcel, place: Place, now: datetime, wait: Wait) -> Offer:
    """Where it comes from several places, the slowest decides."""
    found = [
        _promise(
            now, terms.house(spot), terms.road(way, place.country), way.pace, wait, spot.handling_days if spot else 0
        )
        for spot in _senders(terms, wait)
    ]
    return Offer(
        method=way.method,
        price=asked.for_value(parcel.value),
        arrives_from=max(each.arrives_from for each in found),
        arrives_by=max(each.arrives_by for each in found),
        order_by=min(each.order_by for each in found),
        free_from=asked.free_from,
    )


def _picked_up(terms: Terms, way: Way, asked: Bracket, parcel: Parcel, now: datetime, wait: Wait) -> list[Offer]:
    return [_at(terms, way, asked, parcel, spot, now, wait) for spot in terms.spots if spot.offers_pickup]


def _at(terms: Terms, way: Way, asked: Bracket, parcel: Parcel, spot: Spot, now: datetime, wait: Wait) -> Offer:
    """What lies there is put aside; what does not is packed elsewhere and brought."""
    there, pace = terms.house(spot), way.pace
    lies_there = spot.pk in wait.lies_at and wait.is_ready
    if lies_there:
        ready = [_promise(now, there, there, Pace(pace.cutoff_hour, pace.handling_days, 0, 0), wait, 0)]
    else:
        brought = Pace(pace.cutoff_hour, pace.handling_days, spot.transfer_days, spot.transfer_days)
        ready = [
            _promise(now, terms.house(sender), there, brought, wait, sender.handling_days if sender else 0)
            for sender in _senders(terms, wait)
        ]
    day = max(each.arrives_from for each in ready)
    return Offer(
        method=way.method,
        price=asked.for_value(parcel.value),
        arrives_from=day,
        arrives_by=day,
        order_by=min(each.order_by for each in ready),
        spot=spot,
        lies_there=lies_there,
    )


def _senders(terms: Terms, wait: Wait) -> list[Spot | None]:
    """Where it is packed: as far as nobody knows, in the place that orders are taken from first."""
    found = [spot for spot in terms.spots if spot.pk in wait.spots]
    return list(found or [spot for spot in terms.spots if spot.sends][:1] or [None])


def _promise(now: datetime, house: Calendar, road: Calendar, pace: Pace, wait: Wait, more_days: int) -> Promise:
    slower = Pace(pace.cutoff_hour, pace.handling_days + more_days, pace.min_days, pace.max_days)
    return promise(now, ZoneInfo(settings.TIME_ZONE), house, road, slower, wait.ready_on, wait.lead_days)


def _said(words: Mapping[str, str]) -> str:
    return words.get((get_language() or "en")[:2]) or next(iter(words.values()), "")
