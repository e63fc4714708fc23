"""The back office of the guest book, one noun per file."""

from customers.admin import consent, customer, group, mail, shop_details

__all__ = ["consent", "customer", "group", "mail", "shop_details"]
