"""One row of a list as a pick-up point, or what is wrong with it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django_countries import countries

from catalog.cleaning import clean_line
from orders.models import PickupPoint

ROLES = ("code", "name", "line1", "postcode", "city", "country", "latitude", "longitude", "hours")
NEEDED = ("code", "name", "line1", "city")
_LIMITS = {name: PickupPoint._meta.get_field(name).max_length for name in ROLES[:5]}


class Fault(ValueError):
    """The row is left out; the message says why, in words for people."""


def point_of(row: tuple[str, ...], columns: Mapping[str, int], carrier: str, country: str) -> PickupPoint:
    """The place that a row describes, not saved. Raises Fault."""
    told = {role: clean_line(row[at]) if at < len(row) else "" for role, at in columns.items()}
    for name in NEEDED:
        if not told.get(name):
            field = PickupPoint._meta.get_field(name).verbose_name
            raise Fault(_("%(field)s is empty.") % {"field": str(field).capitalize()})
    for name, most in _LIMITS.items():
        if len(told.get(name, "")) > most:
            field = PickupPoint._meta.get_field(name).verbose_name
            raise Fault(_("%(field)s is longer than %(most)d letters.") % {"field": field, "most": most})
    where = (told.get("country") or country).upper()
    if where not in countries.countries:
        raise Fault(_("“%(code)s” is no country: two letters are needed, such as ES.") % {"code": where[:20]})
    latitude, longitude = _place(told)
    return PickupPoint(
        carrier=carrier,
        code=told["code"],
        name=told["name"],
        line1=told["line1"],
        postcode=told.get("postcode", ""),
        city=told["city"],
        country=where,
        latitude=latitude,
        longitude=longitude,
        hours=told.get("hours", "")[:300],
    ).with_keys()


def _place(told: Mapping[str, str]) -> tuple[float | None, float | None]:
    """Both in degrees, or neither: a place without them is found by its postcode all the same."""
    try:
        found = [float(told[name].replace(",", ".")) for name in ("latitude", "longitude")]
    except (KeyError, ValueError):
        return None, None
    lies = -90 <= found[0] <= 90 and -180 <= found[1] <= 180 and found != [0, 0]
    return (found[0], found[1]) if lies else (None, None)
