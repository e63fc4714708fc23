"""All that a product page says, in the words of one reader: `read(slug, language)`, `similar(page)`."""

from catalog.queries.product.availability import Availability, State
from catalog.queries.product.facts import FactView, facts_of
from catalog.queries.product.parts import Axis, AxisChoice, PictureView, VariantView
from catalog.queries.product.read import ProductPage, read, similar, similar_to

__all__ = [
    "Availability",
    "Axis",
    "AxisChoice",
    "FactView",
    "PictureView",
    "ProductPage",
    "State",
    "VariantView",
    "facts_of",
    "read",
    "similar",
    "similar_to",
]
