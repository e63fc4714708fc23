"""The back office of the counter, its front page, and what other packages brought along."""

from catalog.admin.panels import shop_name
from customers.models import ShopDetails
from shop.admin import accounts, clock, page, phone

__all__ = ["accounts", "clock", "page", "phone"]

shop_name.register(lambda: ShopDetails.current().name)
