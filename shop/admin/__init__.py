"""The back office of the counter, its front page, and what other packages brought along."""

from catalog.admin.panels import shop_name
from customers.models import ShopDetails
from shop.admin import accounts, clock, page

__all__ = ["accounts", "clock", "page"]

shop_name.register(lambda: ShopDetails.current().name)
