"""Days as people say them."""

from datetime import date

from babel.dates import format_date
from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """Tue 24 Nov, mar 24 nov, вт 24 нояб."""
    return format_date(value, "EEE d MMM", locale=get_language() or "en") if value else ""


@register.filter
def days(promise) -> str:
    """The days that an offer or an order promises: one day, or from one to another."""
    first = getattr(promise, "arrives_from", None) or getattr(promise, "promised_from", None)
    last = getattr(promise, "arrives_by", None) or getattr(promise, "promised_on", None)
    if first is None or first == last:
        return day(last)
    return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}
