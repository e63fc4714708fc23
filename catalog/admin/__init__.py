"""The back office of the shelves, one noun per file."""

from catalog.admin import attribute, brand, category, ledger, location, product, product_type, stock, words

__all__ = ["attribute", "brand", "category", "ledger", "location", "product", "product_type", "stock", "words"]
