"""Which zone an address lies in: the one that fits it most closely. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from orders.tax.places import Place

WORLD, COUNTRY, AREA, POSTCODE = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Span:
    """Postcodes that begin with what lies between two beginnings of the same length, both included."""

    first: str
    last: str

    def holds(self, postcode: str) -> bool:
        return self.first <= postcode[: len(self.first)] <= self.last


@dataclass(frozen=True, slots=True)
class Zone:
    """As the merchant wrote it, taken apart."""

    pk: int
    name: str
    countries: frozenset[str]
    spans: tuple[Span, ...] = ()
    areas: frozenset[str] = frozenset()

    @property
    def is_part(self) -> bool:
        """Whether it is less than whole countries."""
        return bool(self.spans or self.areas)

    def fit(self, place: Place) -> int:
        """How closely it fits: by postcode, state, country or as the rest of the world; 0 when it does not."""
        if self.countries and place.country not in self.countries:
            return 0
        postcode = squeezed(place.postcode)
        if postcode and any(span.holds(postcode) for span in self.spans):
            return POSTCODE
        if place.area and place.area.strip().casefold() in self.areas:
            return AREA
        if self.is_part:
            return 0
        return COUNTRY if self.countries else WORLD


def zone_of(place: Place, zones: Iterable[Zone]) -> Zone | None:
    """Of several that fit equally well the first."""
    best = max(zones, key=lambda zone: zone.fit(place), default=None)
    return best if best and best.fit(place) else None


def spans_of(text: str) -> tuple[Span, ...]:
    """What was typed: "07, 35" are beginnings, "51001-51005" is a range. Raises ValueError for what is neither.

    A hyphen between parts of different length belongs to the postcode itself, as in 00-950.
    """
    return tuple(_span(part.strip()) for part in text.replace("–", "-").split(",") if part.strip())


def squeezed(postcode: str) -> str:
    """Without spaces and hyphens, in capitals."""
    return "".join(sign for sign in postcode.upper() if sign.isalnum())


def _span(part: str) -> Span:
    ends = [squeezed(end) for end in part.split("-")]
    if len(ends) == 2 and len(ends[0]) == len(ends[1]):
        first, last = ends
    else:
        first = last = squeezed(part)
    if not first or first > last:
        raise ValueError(part)
    return Span(first, last)
