"""Reads the terms of delivery, once for each state of the shop."""

from datetime import date

from django.conf import settings

from catalog import revision
from catalog.models import Location
from catalog.queries.navigation import below_each
from catalog.words import languages
from orders.delivery.terms import Bracket, Spot, Terms, Way
from orders.delivery.zones import Zone, spans_of
from orders.kept import at, kept
from orders.models import ClosedDay, DeliveryMethod, DeliveryZone, PickupPoint

LINKED = ("prices", "excluded_products", "excluded_types", "excluded_categories")


def terms(state: str | None = None) -> Terms:
    """What is set up now. One query, none for who knows the revision of the shop; more only after a change."""
    if state is None:
        return kept("terms of delivery", _read)
    with at(state):
        return kept("terms of delivery", _read)


def changed() -> None:
    """Call after goods were excluded or a location was saved: every process reads the terms anew."""
    revision.renew()


def _read() -> Terms:
    zones = tuple(_zone(row) for row in DeliveryZone.objects.all())
    methods = list(DeliveryMethod.objects.filter(is_active=True).prefetch_related(*LINKED))
    below = below_each([category.path for method in methods for category in method.excluded_categories.all()])
    return Terms(
        ways=tuple(way_of(method, below) for method in methods),
        zones=zones,
        spots=tuple(_spot(place) for place in Location.objects.filter(is_active=True)),
        closed=_closed(),
        home=settings.SHOP_COUNTRY,
    )


def way_of(method: DeliveryMethod, below: dict[str, set[int]] | None = None) -> Way:
    brackets: dict[tuple[int | None, str], list[Bracket]] = {}
    for row in method.prices.all():
        brackets.setdefault((row.zone_id, row.currency), []).append(Bracket(row.price, row.free_from, row.up_to))
    # The price of the method itself is for all that its own brackets do not name.
    brackets.setdefault((None, settings.SHOP_CURRENCY), []).append(Bracket(method.price, method.free_from))
    if below is None:
        below = below_each([category.path for category in method.excluded_categories.all()])
    return Way(
        method=method,
        countries=frozenset(country.code for country in method.countries),
        brackets={key: tuple(sorted(rows, key=_limit)) for key, rows in brackets.items()},
        zones=frozenset(zone for zone, _currency in brackets if zone),
        products=frozenset(row.pk for row in method.excluded_products.all()),
        types=frozenset(row.pk for row in method.excluded_types.all()),
        points=_points(method),
        categories=frozenset().union(*(below.get(row.path, ()) for row in method.excluded_categories.all())),
    )


def _points(method: DeliveryMethod) -> frozenset[str]:
    if method.kind != DeliveryMethod.Kind.POINT:
        return frozenset()
    rows = PickupPoint.objects.filter(carrier=method.carrier, is_active=True).order_by()
    return frozenset(rows.values_list("country", flat=True).distinct())


def _limit(row: Bracket) -> tuple[bool, int]:
    return row.up_to is None, row.up_to or 0


def _zone(row: DeliveryZone) -> Zone:
    areas = frozenset(part.strip().casefold() for part in row.areas.split(",") if part.strip())
    return Zone(row.pk, row.name, frozenset(place.code for place in row.countries), spans_of(row.postcodes), areas)


def _spot(place: Location) -> Spot:
    return Spot(
        pk=place.pk,
        weekdays=place.weekdays,
        handling_days=place.handling_days,
        sends=place.sells_online,
        offers_pickup=place.offers_pickup,
        transfer_days=place.transfer_days,
        names={code: getattr(place, f"public_name_{code}") or place.shown_name for code in languages()},
        address=place.address,
        hours={code: getattr(place, f"hours_{code}") or place.hours for code in languages()},
    )


def _closed() -> dict[str, frozenset[date]]:
    found: dict[str, set[date]] = {}
    for row in ClosedDay.objects.all():
        found.setdefault(row.country.code or "", set()).add(row.day)
    return {country: frozenset(days) for country, days in found.items()}
