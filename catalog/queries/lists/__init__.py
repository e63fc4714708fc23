"""Lists of goods: a category, a collection, a brand, hits of a search, or everything; narrowed, counted, sorted, paged.

`page_of(scope, query, language)` does it all and returns plain data. It costs one tiny query for the state of the
catalogue and one for the cards of the page; what was counted is kept as long as the catalogue stays the same.
"""

from catalog.queries.lists.page import ListPage, page_of
from catalog.queries.lists.scopes import Scope, everything, found, in_category, in_collection, of_brand
from catalog.queries.lists.selection import PER_PAGE, Selection

__all__ = [
    "PER_PAGE",
    "ListPage",
    "Scope",
    "Selection",
    "everything",
    "found",
    "in_category",
    "in_collection",
    "of_brand",
    "page_of",
]
