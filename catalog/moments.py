"""Times as staff read them."""

from datetime import date, datetime

from babel.dates import format_date
from django.utils.timezone import localtime
from django.utils.translation import get_language

# English writes the day before the month here, as everywhere in Europe.
_LOCALES = {"en": "en_GB"}


def locale_of(language: str) -> str:
    """The locale by which days are written in a language of the shop."""
    return _LOCALES.get(language, language)


def day(value: date | None) -> str:
    """22 Nov 2026, in the language shown."""
    return format_date(value, "d MMM y", locale=get_language() or "en") if value else ""


def stamp(value: datetime | None) -> str:
    """22 Nov 2026, 13:16 in the shop's own time: with its year, for what staff look at may be old."""
    if not value:
        return ""
    local = localtime(value)
    return f"{day(local.date())}, {local:%H:%M}"
