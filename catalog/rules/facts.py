"""What a rule may know of a listed product."""

from datetime import datetime
from typing import NamedTuple

from catalog.listings.sources import Source
from catalog.models import Listing


class Facts(NamedTuple):
    """Prices are minor units of SHOP_CURRENCY, as a card shows them; values are keys of rows."""

    product_id: int
    kind: str
    category_path: str
    brand: int | None
    attributes: frozenset[int]
    options: frozenset[int]
    tags: frozenset[int]
    price: int
    on_sale: bool
    in_stock: bool
    published_at: datetime
    popularity: int
    sold_lately: int


def facts_of(source: Source, row: Listing) -> Facts:
    """From a product and its listing row."""
    return Facts(
        product_id=row.product_id,
        kind=row.kind,
        category_path=row.category_path,
        brand=row.brand_id,
        attributes=frozenset(value.pk for value in source.attributes),
        options=frozenset(value.pk for value in source.options),
        tags=frozenset(tag.pk for tag in source.tags),
        price=row.price_min,
        on_sale=row.compare_at is not None,
        in_stock=bool(row.in_stock),
        published_at=row.published_at,
        popularity=row.popularity,
        sold_lately=source.product.sold_lately,
    )
