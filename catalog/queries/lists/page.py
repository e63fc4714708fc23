"""One page of a list."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.utils.translation import gettext, override

from catalog import memo, revision
from catalog.listings.cards import Card
from catalog.queries.lists import dictionary, facets, rows, selection
from catalog.queries.lists.conditions import ONE_BY_ONE, of_selection, where
from catalog.queries.lists.counts import Counts, count
from catalog.queries.lists.facets import Facet
from catalog.queries.lists.scopes import Scope
from catalog.queries.lists.selection import CHOSEN, PER_PAGE, RELEVANCE, Selection

# The ids of a list up to this length are kept, as those of a search are: few matches lie far apart in an index, and
# walking it would look at everything. A longer list finds its next page within a few steps; from the product DEEP on
# the steps would cost more than the page.
KEPT, DEEP = 3000, 1000


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is on; `query` is the query of the address without it."""

    facet: str
    label: str
    query: str


@dataclass(frozen=True, slots=True)
class Drop:
    """A facet that narrows the list too far: what is chosen of it, and how many products there are without that."""

    labels: str
    number: int
    query: str


@dataclass(frozen=True)
class ListPage:
    """What a list page shows. Prices are minor units of the market's currency."""

    cards: list[Card]
    total: int
    page: int
    pages: int
    facets: tuple[Facet, ...]
    # The cheapest and dearest price to choose from, whatever price is asked for; None in an empty list.
    price_from: int | None
    price_to: int | None
    selection: Selection
    language: str
    sort_codes: tuple[str, ...]
    # Products without each facet that narrows the list.
    without: Mapping[str, int] = field(default_factory=dict)

    @property
    def has_next(self) -> bool:
        return self.page < self.pages

    @property
    def has_previous(self) -> bool:
        return self.page > 1

    @property
    def first(self) -> int:
        """The number of the first card in the list, 0 in an empty one."""
        return (self.page - 1) * PER_PAGE + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.page * PER_PAGE, self.total)

    @property
    def next_query(self) -> str:
        return self.selection.query(page=self.page + 1)

    @property
    def previous_query(self) -> str:
        return self.selection.query(page=self.page - 1)

    @property
    def clear_query(self) -> str:
        """The query without any filter; words and order stay."""
        return self.selection.bare_query

    @cached_property
    def chosen(self) -> list[Chosen]:
        """Every filter that is on, with the way to drop it. A price range is told apart by the facet `price`."""
        found = [
            Chosen(facet.code, choice.label, choice.query)
            for facet in self.facets
            for choice in facet.choices
            if choice.selected
        ]
        with override(self.language):
            found += [
                Chosen(facet.code, facet.range_words, self.selection.without_range(facet.code))
                for facet in self.facets
                if facet.low or facet.high
            ]
        if self.selection.price_min is not None or self.selection.price_max is not None:
            query = self.selection.query(price_min=None, price_max=None)
            with override(self.language):
                found.append(Chosen("price", gettext("Price"), query))
        return found

    @cached_property
    def drops(self) -> list[Drop]:
        """What to drop of an empty list, the most helpful first; only what leaves something to see."""
        labels: dict[str, list[str]] = {}
        for chosen in self.chosen:
            labels.setdefault(chosen.facet, []).append(chosen.label)
        found = [
            Drop(", ".join(words), self.without.get(facet, 0), self.selection.without(facet))
            for facet, words in labels.items()
        ]
        return sorted((drop for drop in found if drop.number), key=lambda drop: -drop.number)

    @cached_property
    def sorts(self) -> list[tuple[str, str, bool, str]]:
        """(code, words, chosen, query) of each order."""
        with override(self.language):
            words = {
                RELEVANCE: gettext("Best match"),
                CHOSEN: gettext("As we arranged it"),
                "recommended": gettext("Recommended"),
                "newest": gettext("Newest first"),
                "price-up": gettext("Price, lowest first"),
                "price-down": gettext("Price, highest first"),
            }
        return [
            (code, words[code], code == self.selection.sort, self.selection.query(sort=code))
            for code in self.sort_codes
        ]


def page_of(scope: Scope, query: Mapping, language: str, state: str | None = None, words: str = "") -> ListPage:
    """The page of the list that the query asks for, with counts; unknown things in the query are passed over.

    A page beyond the last is the last one. `state` is `revision.current()` when the caller has asked it already.
    """
    state = revision.current() if state is None else state
    known = dictionary.read(state)
    asked = selection.read(
        query, dictionary.choices(known), words=words, sorts=scope.sorts, measured=dictionary.measured(known)
    )
    conditions = of_selection(asked, known)
    key = (state, scope.key, asked.filters)
    counts = memo.remember_longer(
        ("counts", *key[1:]), state, lambda: count(scope, conditions, known), lambda c: len(c.values)
    )
    pages = max(1, -(-counts.total // PER_PAGE))
    asked = replace(asked, page=min(asked.page, pages))
    return ListPage(
        cards=_cards(scope, known, asked, key, counts.total, language) if counts.total else [],
        total=counts.total,
        page=asked.page,
        pages=pages,
        facets=_facets(known, counts, asked, key, language),
        price_from=counts.price_from,
        price_to=counts.price_to,
        selection=asked,
        language=language,
        sort_codes=scope.sorts,
        without=counts.without,
    )


def _cards(scope: Scope, known: dict, asked: Selection, key: tuple, total: int, language: str) -> list[Card]:
    first = (asked.page - 1) * PER_PAGE
    by_rank = asked.sort in (RELEVANCE, CHOSEN)
    if scope.is_search or by_rank or total <= KEPT or first >= DEEP:
        ids = _ids(scope, known, asked, key, by_rank)
        return rows.cards_of(list(ids[first : first + PER_PAGE]), language)
    condition = where(scope, of_selection(asked, known, ONE_BY_ONE), walking=True)
    return rows.cards_of_page(condition, asked.sort, first, PER_PAGE, language)


def _ids(scope: Scope, known: dict, asked: Selection, key: tuple, by_rank: bool) -> Sequence[int]:
    """Every product of the list in its order, in eight bytes each, so that a whole catalogue can be kept."""
    state, *rest = key
    sort, ranked = (scope.sort, scope.ranked) if by_rank else (asked.sort, ())
    return memo.remember_longer(
        ("ids", *rest, by_rank, sort),
        state,
        lambda: array("q", rows.ids_of(where(scope, of_selection(asked, known)), sort, ranked)),
        lambda ids: 1 + len(ids) // 16,
    )


def _facets(known: dict, counts: Counts, asked: Selection, key: tuple, language: str) -> tuple[Facet, ...]:
    first_page = replace(asked, page=1)
    return memo.remember(
        ("shown", *key, first_page, first_page.default_sort, language),
        lambda: tuple(facets.shown(known, counts, first_page, language)),
    )
