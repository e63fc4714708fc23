"""Days as the back office writes them: with their year, for an order may be old."""

from datetime import date, datetime

from babel.dates import format_date
from django import template
from django.utils.timezone import localtime
from django.utils.translation import get_language

register = template.Library()


@register.filter
def longday(value: date) -> str:
    """Sunday, 22 November 2026, as the language writes it."""
    return format_date(value, "full", locale=get_language() or "en")


@register.filter
def stamp(value: datetime | None) -> str:
    """22 Nov 2026, 13:16 in the shop's own time."""
    if not value:
        return ""
    local = localtime(value)
    return f"{format_date(local, 'd MMM y', locale=get_language() or 'en')}, {local:%H:%M}"
