"""The back office of the guest book, one noun per file."""

from customers.admin import consent, customer, customer_group, group, mail, phone_number, shop_details, text

__all__ = ["consent", "customer", "customer_group", "group", "mail", "phone_number", "shop_details", "text"]
