"""The back office of the till, one noun per file."""

from orders.admin import (
    cart_link,
    credit,
    goods,
    groups,
    invoice,
    order,
    payment,
    promotion,
    records,
    shelf_check,
    tax,
    terms,
    zones,
)

__all__ = [
    "cart_link",
    "credit",
    "goods",
    "groups",
    "invoice",
    "order",
    "payment",
    "promotion",
    "records",
    "shelf_check",
    "tax",
    "terms",
    "zones",
]
