"""What sentences about an order say of it."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.money import format_minor
from orders.models import Order


def name_of(order: Order) -> str:
    """Who it is for: the name on the parcel, of the account, or the address he wrote from."""
    typed = order.addresses.exclude(name="").order_by("-kind").values_list("name", flat=True).first()
    return typed or getattr(order.customer, "name", "") or order.email


def facts_of(order: Order) -> dict[str, str]:
    return {
        "number": order.number or _("without a number"),
        "name": name_of(order),
        # What is to come in: without what gift cards pay.
        "due": format_minor(order.to_pay, order.currency, get_language() or "en"),
        "sum": format_minor(order.total, order.currency, get_language() or "en"),
    }
