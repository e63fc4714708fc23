"""Days as the back office writes them: with their year, for an order may be old."""

from datetime import date
from types import SimpleNamespace

from babel.dates import format_date
from django import template
from django.utils.translation import get_language

from catalog.moments import locale_of, stamp

register = template.Library()


@register.filter
def longday(value: date) -> str:
    """Sunday, 22 November 2026, as the language writes it."""
    return format_date(value, "full", locale=locale_of(get_language() or "en"))


@register.filter
def nameless(opts) -> SimpleNamespace:
    """What addresses need of a model's `_meta`, without the noun that the theme puts on buttons."""
    return SimpleNamespace(app_label=opts.app_label, model_name=opts.model_name, verbose_name="")


register.filter("stamp", stamp)
