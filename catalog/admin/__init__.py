"""The back office of the shelves, one noun per file."""

from catalog.admin import (
    attribute,
    brand,
    category,
    collection,
    consignment,
    ledger,
    location,
    product,
    product_type,
    searches,
    stock,
    stock_take,
    synonym,
    tag,
    words,
)

__all__ = [
    "attribute",
    "brand",
    "category",
    "collection",
    "consignment",
    "ledger",
    "location",
    "product",
    "product_type",
    "searches",
    "stock",
    "stock_take",
    "synonym",
    "tag",
    "words",
]
