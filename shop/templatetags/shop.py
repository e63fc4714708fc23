"""How things are written on a page: money, icons, pictures."""

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from catalog.money import Money, format_minor

register = template.Library()


@register.filter
def money(amount: "int | Money | None", currency: str = "") -> str:
    """`{{ 3940|money }}` is €39.40 in English and 39,40 € in Spanish; empty for None."""
    if amount is None:
        return ""
    if isinstance(amount, Money):
        amount, currency = amount.minor, amount.currency
    return format_minor(amount, currency or settings.SHOP_CURRENCY, get_language() or "en")


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """A line icon of our sprite; it says nothing, so the words stand beside it."""
    css = f"icon {css}" if css else "icon"
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, static("icons.svg"), name)
