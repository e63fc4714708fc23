"""How lists of the back office write things."""

from django.conf import settings

from catalog.money import format_minor


def money_range(low: int | None, high: int | None, language: str) -> str:
    """One price, or from the lowest to the highest; a dash for none."""
    if low is None:
        return "–"
    written = [format_minor(minor, settings.SHOP_CURRENCY, language) for minor in (low, high)]
    return written[0] if low == high else " – ".join(written)
