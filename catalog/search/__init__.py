"""Finding goods by words, in the main database, with the same understanding of words on each engine.

`find` answers a search, `suggest` answers while somebody types. Nothing a visitor types makes them fail.
"""

from catalog.search.find import Found, find
from catalog.search.suggest import Suggestions, suggest

__all__ = ["Found", "Suggestions", "find", "suggest"]
