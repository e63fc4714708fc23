"""Answering while somebody types: a few products and categories."""

from dataclasses import dataclass

from catalog import memo, revision
from catalog.listings.cards import Card
from catalog.queries import navigation
from catalog.queries.lists.rows import cards_of
from catalog.search import engines, outside, synonyms
from catalog.search.analysis import LONGEST_TEXT, fold, query_words, stem, token
from catalog.search.engines import Query, Term, beginning
from catalog.search.find import groups

AT_MOST = 8
CATEGORIES_AT_MOST = 3
# So many hits are looked at; more would not be read, and a single letter hits everything.
CONSIDERED = 40


@dataclass(frozen=True, slots=True)
class Suggestions:
    """At most eight rows together."""

    categories: tuple[navigation.Link, ...] = ()
    products: tuple[Card, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.categories or self.products)


def suggest(words: str, language: str, state: str | None = None) -> Suggestions:
    """Categories and products whose names have these words, the last of which may be unfinished. Never raises."""
    state = revision.current() if state is None else state
    typed = query_words(words[:LONGEST_TEXT])
    if not typed:
        return Suggestions()
    return memo.remember(
        ("suggest", state, language, tuple(typed), outside.lag()),
        lambda: _suggest(typed, language, state),
        lambda _: 20,
    )


def _suggest(typed: list[str], language: str, state: str) -> Suggestions:
    categories = categories_named(typed, language, state)[:CATEGORIES_AT_MOST]
    *finished, last = typed
    # What the last word stands for counts too, in case it is finished.
    others = synonyms.alternatives([last], language, state)[0][1:]
    last_group = (*beginning(last, language), *(tuple(Term(token(w, language)) for w in other) for other in others))
    query = Query((*groups(finished, language, state), last_group), in_title=True)
    cards = cards_of(engines.some(query, CONSIDERED), language)
    # Hits come newest first; sorting keeps that order among equals.
    cards.sort(key=lambda card: (not card.in_stock, not fold(card.name).startswith(typed[0])))
    return Suggestions(tuple(categories), tuple(cards[: AT_MOST - len(categories)]))


def categories_named(typed: list[str], language: str, state: str) -> list[navigation.Link]:
    """Categories that have something to show and whose name has every word, the last perhaps unfinished."""
    found = []
    for link in navigation.all_links(language, state):
        name = query_words(link.name)
        stems = {stem(word, language) for word in name}
        finished = all(stem(word, language) in stems for word in typed[:-1])
        last = stem(typed[-1], language) in stems or any(word.startswith(typed[-1]) for word in name)
        if link.count and finished and last:
            found.append(link)
    return found
