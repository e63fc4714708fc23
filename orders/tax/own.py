"""The shop's own table of rates, as staff keeps it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import QuerySet

from orders.kept import kept
from orders.models import TaxRate
from orders.tax.places import Place


class OwnRates:
    """See `orders.tax.provider.Provider`."""

    def rates(self, places: Sequence[Place], day: date) -> Sequence[Mapping[str, int]]:
        return [rates_at(place, [row for row in _rows(place.country) if row.valid_from <= day]) for place in places]

    def is_told_by_area(self, country: str) -> bool:
        return any(row.region and row.region.areas for row in _rows(country))

    def refuses(self, number: str) -> bool:
        return False


def _rows(country: str) -> tuple[TaxRate, ...]:
    return kept(("tax", country), lambda: tuple(_read(country)))


def _read(country: str) -> QuerySet[TaxRate]:
    return TaxRate.objects.filter(country=country).select_related("region").order_by("valid_from")


def rates_at(place: Place, rows: Iterable[TaxRate]) -> dict[str, int]:
    """The rates of a place, among the rows of its country, the oldest first. Those of its region go before."""
    rows = list(rows)
    country = {row.tax_class_id: row.rate_bp for row in rows if row.region_id is None}
    region = {
        row.tax_class_id: row.rate_bp for row in rows if row.region and row.region.holds(place.postcode, place.area)
    }
    if None in region:
        # Everything is free of tax there, but for the classes that are named.
        return {code: rate for code, rate in region.items() if code}
    return {**country, **region}
