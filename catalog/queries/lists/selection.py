"""What a visitor asked for in the address of a list, and how to write it back."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from urllib.parse import urlencode

from catalog import markets
from catalog.measures import plain
from catalog.money import Money

PER_PAGE = 24
SORTS = ("recommended", "newest", "price-up", "price-down")
RELEVANCE = "relevance"
# What a merchant put at the head of a collection, then its own order.
CHOSEN = "chosen"
AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{0,3})?")
NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{0,4})?")
LAST_PAGE = 10**6
PRICE = "price"
LONGEST_WITHIN = 40
# Counts tell facets apart by bits; nobody narrows by more.
FACETS_AT_MOST = 20


@dataclass(frozen=True)
class Selection:
    """Chosen values per facet (sorted), a price range in minor units, an order and a page.

    `ranges` are (facet, from, to) of what is measured: a value is chosen as well when it lies in the range.
    `words` is the text of a search, carried along in addresses. `wide` is the facet of which every value is shown, and
    `within` what its values are looked through for.
    """

    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ranges: tuple[tuple[str, Decimal | None, Decimal | None], ...] = ()
    price_min: int | None = None
    price_max: int | None = None
    sort: str = SORTS[0]
    page: int = 1
    words: str = ""
    wide: str = ""
    within: str = ""
    default_sort: str = field(default=SORTS[0], compare=False)

    @property
    def filters(self) -> tuple:
        """What narrows the list: the part of a key for what is kept."""
        return self.facets, self.ranges, self.price_min, self.price_max

    @property
    def is_narrowed(self) -> bool:
        return bool(self.facets or self.ranges) or self.price_min is not None or self.price_max is not None

    def values(self, facet: str) -> tuple[str, ...]:
        """What is chosen of a facet."""
        return dict(self.facets).get(facet, ())

    def range_of(self, facet: str) -> tuple[Decimal | None, Decimal | None]:
        """From and to, as asked for of a facet."""
        return next(((low, high) for code, low, high in self.ranges if code == facet), (None, None))

    def query(self, **changes: object) -> str:
        """The query of the address for this selection, without `?`; the first page unless `page` is said."""
        other = replace(self, **{"page": 1, **changes})
        pairs = [("q", other.words)] if other.words else []
        pairs += [(facet, value) for facet, values in other.facets for value in values]
        pairs += [pair for code, low, high in other.ranges for pair in _bounds(code, low, high)]
        pairs += [(name, _plain(getattr(other, name))) for name in ("price_min", "price_max")]
        pairs += [("sort", other.sort)] if other.sort != self.default_sort else []
        pairs += [("all", other.wide)] if other.wide else []
        pairs += [("within", other.within)] if other.wide and other.within else []
        pairs += [("page", other.page)] if other.page > 1 else []
        return urlencode([(name, value) for name, value in pairs if value is not None])

    def without(self, facet: str) -> str:
        """The query with nothing chosen of this facet."""
        if facet == PRICE:
            return self.query(price_min=None, price_max=None)
        ranges = tuple(asked for asked in self.ranges if asked[0] != facet)
        return self.query(facets=tuple(pair for pair in self.facets if pair[0] != facet), ranges=ranges)

    def without_range(self, facet: str) -> str:
        """The query without the range of this facet; its ticked values stay."""
        return self.query(ranges=tuple(asked for asked in self.ranges if asked[0] != facet))

    @property
    def bare_query(self) -> str:
        """The query without any filter; words and order stay."""
        return self.query(facets=(), ranges=(), price_min=None, price_max=None)

    def toggled(self, facet: str, value: str) -> str:
        """The query with this value chosen, or no longer so."""
        chosen = dict(self.facets)
        values = set(chosen.get(facet, ())) ^ {value}
        chosen[facet] = tuple(sorted(values))
        return self.query(facets=tuple(sorted((name, kept) for name, kept in chosen.items() if kept)))


def read(
    query: Mapping,
    facets: Mapping[str, Iterable[str]],
    words: str = "",
    sorts: Sequence[str] = SORTS,
    measured: Collection[str] = (),
) -> Selection:
    """Read a query (a QueryDict, or a dictionary of lists). What is unknown or makes no sense is passed over.

    `measured` are the facets of which a range may be asked for, as `length_min=10&length_max=20`.
    `sorts` are the orders that may be asked for, beginning with the one of a list of which nothing is asked.
    """
    low, high = _price(query, "price_min"), _price(query, "price_max")
    if low is not None and high is not None and low > high:
        low, high = high, low
    sort = _last(query, "sort")
    chosen = _chosen(query, facets)
    return Selection(
        facets=chosen,
        ranges=_ranges(query, measured)[: FACETS_AT_MOST - len(chosen)],
        price_min=low,
        price_max=high,
        sort=sort if sort in sorts else sorts[0],
        page=_page(query),
        words=words,
        wide=wide if (wide := _last(query, "all")) in facets else "",
        within=" ".join(_last(query, "within").split())[:LONGEST_WITHIN],
        default_sort=sorts[0],
    )


def _chosen(query: Mapping, facets: Mapping[str, Iterable[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    chosen = []
    for name in query:
        known = facets.get(name, ())
        if values := tuple(sorted({value for value in _all(query, name) if value in known})):
            chosen.append((name, values))
    return tuple(sorted(chosen)[:FACETS_AT_MOST])


def _ranges(query: Mapping, measured: Collection[str]) -> tuple[tuple[str, Decimal | None, Decimal | None], ...]:
    asked = {name.rpartition("_")[0] for name in query if name.endswith(("_min", "_max"))}
    found = []
    for code in sorted(asked.intersection(measured)):
        low, high = _number(query, f"{code}_min"), _number(query, f"{code}_max")
        if low is not None and high is not None and low > high:
            low, high = high, low
        if low is not None or high is not None:
            found.append((code, low, high))
    return tuple(found)


def _bounds(code: str, low: Decimal | None, high: Decimal | None) -> list[tuple[str, str]]:
    bounds = ((f"{code}_min", low), (f"{code}_max", high))
    return [(name, plain(value)) for name, value in bounds if value is not None]


def _number(query: Mapping, name: str) -> Decimal | None:
    """A typed number, with a comma or a point."""
    text = _last(query, name).strip().replace(",", ".")
    return Decimal(text) if NUMBER.fullmatch(text) else None


def _all(query: Mapping, name: str) -> list[str]:
    values = query.getlist(name) if hasattr(query, "getlist") else query.get(name, [])
    return [values] if isinstance(values, str) else list(values)


def _last(query: Mapping, name: str) -> str:
    return next(reversed(_all(query, name)), "")


def _page(query: Mapping) -> int:
    text = _last(query, "page")
    # Some characters are digits to Python that int() does not read, such as a superscript two.
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _price(query: Mapping, name: str) -> int | None:
    """A typed amount in whole currency, with a comma or a point."""
    text = _last(query, name).strip().replace(",", ".")
    if not AMOUNT.fullmatch(text):
        return None
    try:
        return Money.parse(text, markets.current().currency).minor
    except ValueError:
        return None


def _plain(minor: int | None) -> str | None:
    if minor is None:
        return None
    amount = Money(minor, markets.current().currency).amount
    return str(int(amount)) if amount == int(amount) else str(amount)
