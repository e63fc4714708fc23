"""Times as staff read them."""

from datetime import date, datetime

from babel.dates import format_date
from django.utils.timezone import localtime
from django.utils.translation import get_language


def day(value: date | None) -> str:
    """22 Nov 2026, in the language shown."""
    return format_date(value, "d MMM y", locale=get_language() or "en") if value else ""


def stamp(value: datetime | None) -> str:
    """22 Nov 2026, 13:16 in the shop's own time: with its year, for what staff look at may be old."""
    if not value:
        return ""
    local = localtime(value)
    return f"{day(local.date())}, {local:%H:%M}"
