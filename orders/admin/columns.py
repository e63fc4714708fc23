"""How lists of the till write things."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from catalog.money import format_minor
from orders.models import Order


def written(minor: int, currency: str) -> SafeString:
    amount = format_minor(minor, currency, get_language() or "en")
    return format_html('<span class="office-number">{}</span>', amount)


def link_to(order: Order | None) -> str:
    """The order by its number, as a link to its page."""
    if order is None:
        return "–"
    address = reverse("admin:orders_order_change", args=[order.pk])
    return format_html('<a class="office-link" href="{}">{}</a>', address, order)
