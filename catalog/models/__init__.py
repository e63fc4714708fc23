"""What stands on the shelves."""

from catalog.models.attribute import Attribute, AttributeValue, Option, OptionValue
from catalog.models.bundle import BundleItem
from catalog.models.category import Brand, Category
from catalog.models.collection import Collection, CollectionMember
from catalog.models.consignment import Consignment, ConsignmentLine
from catalog.models.fact import Fact
from catalog.models.film import Film
from catalog.models.importing import ImportMapping
from catalog.models.links import OldAddress, ProductLink, Tag
from catalog.models.listing import FacetValue, Listing, ListingValue, MarketListing, Revision
from catalog.models.location import Location
from catalog.models.personalisation import Personalisation
from catalog.models.picture import Picture
from catalog.models.price import EffectivePrice, HistoryIsKept, PriceChange
from catalog.models.price_list import ListPrice, PriceList
from catalog.models.price_update import PriceUpdate
from catalog.models.product import DigitalFile, Product
from catalog.models.product_type import ProductType, TypeAttribute
from catalog.models.sale import Sale, SalePrice
from catalog.models.search import SearchDocument, SearchWord
from catalog.models.search_change import SearchChange
from catalog.models.searched import SearchChoice, SearchCount
from catalog.models.stock import StockLevel, StockMovement
from catalog.models.stock_take import StockTake, StockTakeLine
from catalog.models.stock_update import StockUpdate
from catalog.models.synonym import Synonym
from catalog.models.tax_class import TaxClass
from catalog.models.variant import Variant

__all__ = [
    "Film",
    "OldAddress",
    "ProductLink",
    "Tag",
    "TaxClass",
    "Attribute",
    "AttributeValue",
    "Brand",
    "BundleItem",
    "Category",
    "Collection",
    "CollectionMember",
    "Consignment",
    "ConsignmentLine",
    "DigitalFile",
    "EffectivePrice",
    "FacetValue",
    "Fact",
    "ImportMapping",
    "HistoryIsKept",
    "ListPrice",
    "Listing",
    "ListingValue",
    "Location",
    "MarketListing",
    "Option",
    "OptionValue",
    "Personalisation",
    "Picture",
    "PriceChange",
    "PriceList",
    "PriceUpdate",
    "Product",
    "ProductType",
    "Revision",
    "Sale",
    "SalePrice",
    "SearchChange",
    "SearchChoice",
    "SearchCount",
    "SearchDocument",
    "SearchWord",
    "StockLevel",
    "StockMovement",
    "StockTake",
    "StockTakeLine",
    "StockUpdate",
    "TypeAttribute",
    "Synonym",
    "Variant",
]
