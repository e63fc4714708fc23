"""Which part of a price is tax, by destination."""

from catalog.prepared import Prepared
from orders.models import TaxRate


def rates(country: str) -> dict[str, int]:
    """Tax class to rate (hundredths of a percent) for buyers of that country; empty for export. One query."""
    return dict(_RATES(country=country))


_RATES = Prepared(lambda country: TaxRate.objects.filter(country=country).values_list("tax_class", "rate_bp"))
