"""What stands on the shelves."""

from catalog.models.attribute import Attribute, AttributeValue, Option, OptionValue
from catalog.models.category import Brand, Category
from catalog.models.fact import Fact
from catalog.models.importing import ImportMapping
from catalog.models.listing import FacetValue, Listing, ListingValue, Revision
from catalog.models.personalisation import Personalisation
from catalog.models.picture import Picture
from catalog.models.product import DigitalFile, Product
from catalog.models.product_type import ProductType, TypeAttribute
from catalog.models.search import SearchDocument, SearchWord
from catalog.models.searched import SearchChoice, SearchCount
from catalog.models.stock import Location, StockLevel, StockMovement
from catalog.models.synonym import Synonym
from catalog.models.variant import Variant

__all__ = [
    "Attribute",
    "AttributeValue",
    "Brand",
    "Category",
    "DigitalFile",
    "FacetValue",
    "Fact",
    "ImportMapping",
    "Listing",
    "ListingValue",
    "Location",
    "Option",
    "OptionValue",
    "Personalisation",
    "Picture",
    "Product",
    "ProductType",
    "Revision",
    "SearchChoice",
    "SearchCount",
    "SearchDocument",
    "SearchWord",
    "StockLevel",
    "StockMovement",
    "TypeAttribute",
    "Synonym",
    "Variant",
]
