"""Which part of a price is tax, by destination."""

from orders.models import TaxRate


def rates(country: str) -> dict[str, int]:
    """Tax class to rate (hundredths of a percent) for buyers of that country; empty for export. One query."""
    return dict(TaxRate.objects.filter(country=country).values_list("tax_class", "rate_bp"))
