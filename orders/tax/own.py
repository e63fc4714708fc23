"""The shop's own table of rates, as staff keeps it. One query, however many places."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from catalog.prepared import Prepared
from orders.models import TaxRate
from orders.tax.places import Place


class OwnRates:
    """See `orders.tax.provider.Provider`."""

    def rates(self, places: Sequence[Place], day: date) -> Sequence[Mapping[str, int]]:
        rows = _ROWS(countries=sorted({place.country for place in places}), day=day)
        return [rates_at(place, [row for row in rows if row.country.code == place.country]) for place in places]

    def refuses(self, number: str) -> bool:
        return False


_ROWS = Prepared(
    lambda countries, day: (
        TaxRate.objects.filter(country__in=countries, valid_from__lte=day)
        .select_related("region")
        .order_by("valid_from")
    )
)


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
