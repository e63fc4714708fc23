"""The merchant's terms of delivery as plain data, and what a method asks for a parcel to a place. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from orders.delivery.calendar import Calendar, Pace
from orders.delivery.parcel import Parcel, Piece
from orders.delivery.why import Refused, Why
from orders.delivery.zones import Zone, zone_of
from orders.models import DeliveryMethod
from orders.tax.places import Place

NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Bracket:
    """What is asked up to a weight, value or number (None: for all above); without a price nothing is sent."""

    price: int | None
    free_from: int | None = None
    up_to: int | None = None

    def for_value(self, value: int) -> int:
        """Minor units; nothing from `free_from` on."""
        return 0 if self.free_from is not None and value >= self.free_from else self.price or 0


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that goods are sent from, or picked up at."""

    pk: int
    weekdays: str
    handling_days: int
    sends: bool = True
    offers_pickup: bool = False
    transfer_days: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    hours: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Way:
    """A delivery method with its prices by (zone, currency); zone None is what holds in the countries of the method."""

    method: DeliveryMethod
    countries: frozenset[str]
    brackets: Mapping[tuple[int | None, str], tuple[Bracket, ...]]
    zones: frozenset[int] = NONE
    products: frozenset[int] = NONE
    types: frozenset[int] = NONE
    categories: frozenset[int] = NONE
    # The countries in which the carrier has points, where it is one of those.
    points: frozenset[str] = frozenset()

    @property
    def is_point(self) -> bool:
        """Whether the carrier keeps it at a place that the buyer chooses."""
        return self.method.kind == DeliveryMethod.Kind.POINT

    @property
    def is_pickup(self) -> bool:
        return self.method.kind == DeliveryMethod.Kind.PICKUP

    @property
    def pace(self) -> Pace:
        method = self.method
        return Pace(method.cutoff_hour, method.handling_days, method.min_days, method.max_days)

    def goes_everywhere(self) -> bool:
        return not (self.countries or self.zones)

    def reaches(self, place: Place, zone: Zone | None) -> bool:
        if zone and zone.pk in self.zones:
            return any(row.price is not None for row in self._rows(zone, None))
        return place.country in self.countries or self.goes_everywhere()

    def ask(self, parcel: Parcel, place: Place, zone: Zone | None, currency: str) -> Bracket | Refused:
        """What it costs, or why it is not offered."""
        if not self.reaches(place, zone) or (self.is_point and place.country not in self.points):
            return Refused(self.method.pk, Why.PLACE)
        if names := tuple(piece.name for piece in parcel.pieces if self._leaves_out(piece)):
            return Refused(self.method.pk, Why.GOODS, names)
        rows = self._rows(zone, currency)
        if not rows:
            return Refused(self.method.pk, Why.CURRENCY)
        if self.method.heaviest_g is not None and parcel.weight_g > self.method.heaviest_g:
            return Refused(self.method.pk, Why.AMOUNT)
        measure = self._measure(parcel)
        found = next((row for row in rows if row.up_to is None or measure <= row.up_to), None)
        return found if found and found.price is not None else Refused(self.method.pk, Why.AMOUNT)

    def _rows(self, zone: Zone | None, currency: str | None) -> list[Bracket]:
        """Of the zone if it has any, else those that hold in the countries; None: of all currencies."""
        key = zone.pk if zone and zone.pk in self.zones else None
        found = [rows for (where, money), rows in self.brackets.items() if where == key and currency in (None, money)]
        return [row for rows in found for row in rows]

    def _measure(self, parcel: Parcel) -> int:
        counts = DeliveryMethod.Counts
        return {counts.VALUE: parcel.value, counts.PIECES: parcel.number}.get(self.method.counts, parcel.weight_g)

    def _leaves_out(self, piece: Piece) -> bool:
        return piece.product in self.products or piece.type in self.types or piece.category in self.categories


@dataclass(frozen=True, slots=True)
class Terms:
    """All that is set up. `closed` are days by country, those of the house under an empty one."""

    ways: tuple[Way, ...]
    zones: tuple[Zone, ...]
    spots: tuple[Spot, ...]
    closed: Mapping[str, frozenset[date]]
    home: str

    def zone_of(self, place: Place) -> Zone | None:
        return zone_of(place, self.zones)

    def is_split(self, country: str) -> bool:
        """Whether the postcode or the state decides what is offered in that country."""
        return any(zone.is_part and country in zone.countries for zone in self.zones)

    def is_pickup(self, code: str) -> bool:
        """Whether the code of an offer is that of a shop where it is picked up."""
        method, dot, spot = code.rpartition(".")
        spots = {str(place.pk) for place in self.spots if place.offers_pickup}
        return bool(dot) and spot in spots and any(way.is_pickup and way.method.code == method for way in self.ways)

    def point_carrier(self, code: str) -> str:
        """The carrier whose points belong to the offer of that code; empty for all other ways."""
        return next((way.method.carrier for way in self.ways if way.is_point and way.method.code == code), "")

    def countries(self) -> set[str] | None:
        """Where parcels go at all; None when that is everywhere."""
        found: set[str] = set()
        for way in self.ways:
            named = [zone for zone in self.zones if zone.pk in way.zones and way.reaches(Place(""), zone)]
            if way.goes_everywhere() or any(not zone.countries for zone in named):
                return None
            found |= way.countries.union(*(zone.countries for zone in named))
        return found

    def house(self, spot: Spot | None) -> Calendar:
        """When goods are packed there: not on our days off, nor on holidays of our own country."""
        days = self.closed.get("", frozenset()) | self.closed.get(self.home, frozenset())
        return Calendar(spot.weekdays, days) if spot else Calendar(closed=days)

    def road(self, way: Way, country: str) -> Calendar:
        """When the carrier is under way to that country: on no holiday at either end."""
        days = self.house(None).closed | self.closed.get(country, frozenset())
        return Calendar(way.method.weekdays, days)
