"""The back office of the shelves, one noun per file."""

from catalog.admin import brand, category, ledger, location, product, stock, words

__all__ = ["brand", "category", "ledger", "location", "product", "stock", "words"]
