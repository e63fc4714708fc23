"""Keeping the prices that pages read: `refresh(variant_ids, now, cause)`, and the history of what things cost."""

from catalog.actions.pricing.log import Cause
from catalog.actions.pricing.reach import products_of
from catalog.actions.pricing.refresh import refresh

__all__ = ["Cause", "products_of", "refresh"]
