"""The back office of the till, one noun per file."""

from orders.admin import goods, groups, order, payment, promotion, records, shelf_check, tax, terms

__all__ = ["goods", "groups", "order", "payment", "promotion", "records", "shelf_check", "tax", "terms"]
