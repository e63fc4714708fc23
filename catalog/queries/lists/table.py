"""The table that lists read: the listing itself, or in another market the listing with the prices of that market."""

import re

from catalog import markets
from catalog.models import Listing

TABLE = "catalog_listing l"
KEY = re.compile(r"[A-Z]{3}(/[A-Za-z0-9_-]{1,40})?")
PRICES = ("price_min", "price_max", "compare_at", "lowest")
_columns = ", ".join(
    f"{'m' if field.column in PRICES else 'b'}.{field.column}" for field in Listing._meta.concrete_fields
)
# `own_…` are the same values from the table of prices: what its indexes are made of.
IN_MARKET = f"""(
  SELECT {_columns}, m.in_stock AS own_in_stock, m.product_id AS own_id
  FROM catalog_listing b JOIN catalog_marketlisting m ON m.product_id = b.product_id AND m.market = '{{}}'
) l"""  # noqa: S608 - the key is looked at before it is put in

# Sold out last in each; the last column makes every order certain. Each is the beginning of an index of Listing.
ORDERS = {
    "recommended": "l.in_stock DESC, l.popularity DESC, l.product_id DESC",
    "newest": "l.in_stock DESC, l.published_at DESC, l.product_id DESC",
    "price-up": "l.in_stock DESC, l.price_min, l.product_id DESC",
    "price-down": "l.in_stock DESC, l.price_min DESC, l.product_id DESC",
}


def in_market(sql: str) -> str:
    """A statement on `catalog_listing l`, as the visitor's market has it. A product not sold there is not in it."""
    market = markets.current()
    if market.is_base:
        return sql
    if not KEY.fullmatch(market.key):
        raise ValueError(f"Not a market: {market.key!r}")
    return sql.replace(TABLE, IN_MARKET.format(market.key))


def order_of(sort: str) -> str:
    """For an ORDER BY that an index can walk."""
    order = ORDERS[sort]
    if markets.current().is_base or not sort.startswith("price"):
        return order
    return order.replace("l.in_stock", "l.own_in_stock").replace("l.product_id", "l.own_id")
