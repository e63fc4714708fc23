"""The back office of the till, one noun per file."""

from orders.admin import goods, order, payment, records, terms

__all__ = ["goods", "order", "payment", "records", "terms"]
