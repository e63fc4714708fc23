"""The pick-up points near somebody, by the postcode or the town that he writes.

A carrier may have a hundred thousand: each question reads a bounded number of rows by an index.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from django.db import connection
from django.db.models import Q

from catalog.search.analysis import fold
from orders.models import PickupPoint
from orders.models.pickup_point import key_of

# As many as one looks through, so many on a page.
PER_PAGE, MOST = 6, 30
# So many are compared; from the whole postcode down to its first signs until there are enough.
READ, SHORTEST, LONGEST = 300, 2, 10


@dataclass(frozen=True, slots=True)
class Near:
    """One page of what was found, the nearest first."""

    points: tuple[PickupPoint, ...] = ()
    page: int = 1
    pages: int = 0


def near(carrier: str, country: str, typed: str, page: int = 1) -> Near:
    """Points for a postcode or the beginning of a town; nothing for nothing."""
    found = _found(carrier, country, typed.strip()[:60])[:MOST]
    pages = -(-len(found) // PER_PAGE)
    page = min(max(page, 1), max(pages, 1))
    return Near(tuple(found[(page - 1) * PER_PAGE : page * PER_PAGE]), page, pages)


def chosen(pk: str, carrier: str, country: str) -> PickupPoint | None:
    """The point of that key, if the carrier offers it in that country."""
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 18):
        return None
    return PickupPoint.objects.filter(pk=pk, carrier=carrier, country=country, is_active=True).first()


def _found(carrier: str, country: str, typed: str) -> list[PickupPoint]:
    rows = PickupPoint.objects.filter(carrier=carrier, country=country, is_active=True).order_by()
    # No postcode of the world is longer.
    key = key_of(typed)[:LONGEST]
    if not any(sign.isdigit() for sign in key):
        town = fold(typed)
        found = list(rows.filter(_begins("city_key", town))[:READ]) if len(town) > 1 else []
        return sorted(found, key=lambda point: (point.city_key != town, point.postcode_key, point.code))
    found: list[PickupPoint] = []
    for length in range(len(key), SHORTEST - 1, -1):
        found = list(rows.filter(_begins("postcode_key", key[:length]))[:READ])
        if len(found) >= MOST:
            break
    return sorted(found, key=_distance(found, key))


def _begins(name: str, term: str) -> Q:
    if connection.vendor == "sqlite":
        # LIKE does not use the index there.
        return Q(**{f"{name}__gte": term, f"{name}__lt": f"{term}\U0010ffff"})
    return Q(**{f"{name}__startswith": term})


def _distance(found: Iterable[PickupPoint], key: str):
    """From the middle of those whose postcode is most like the one typed; without coordinates by postcode alone."""
    likeness = {point.pk: _shared(point.postcode_key, key) for point in found}
    best = max(likeness.values(), default=0)
    around = [point for point in found if likeness[point.pk] == best and point.latitude is not None]
    if not around:
        return lambda point: (-likeness[point.pk], point.postcode_key, point.code)
    middle = [sum(getattr(point, name) for point in around) / len(around) for name in ("latitude", "longitude")]
    narrow = cos(radians(middle[0]))

    def away(point: PickupPoint) -> tuple:
        if point.latitude is None:
            return likeness[point.pk] != best, float("inf"), point.code
        far = (point.latitude - middle[0]) ** 2 + ((point.longitude - middle[1]) * narrow) ** 2
        # Whoever wrote a whole postcode means that one first.
        return point.postcode_key != key, far, point.code

    return away


def _shared(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
