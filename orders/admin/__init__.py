"""The back office of the till, one noun per file."""

from orders.admin import (
    account_terms,
    bank,
    cart_link,
    credit,
    goods,
    groups,
    invoice,
    money_check,
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
    "account_terms",
    "bank",
    "cart_link",
    "credit",
    "goods",
    "groups",
    "invoice",
    "money_check",
    "order",
    "payment",
    "promotion",
    "records",
    "shelf_check",
    "tax",
    "terms",
    "zones",
]
