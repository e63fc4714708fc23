"""The back office of the till, one noun per file."""

from orders.admin import (
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
