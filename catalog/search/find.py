"""Answering a search."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product

from catalog import memo, revision
from catalog.queries.lists import Scope, found
from catalog.search import engines, outside, spelling, synonyms
from catalog.search.analysis import LONGEST_TEXT, LONGEST_WORD, marked, query_words, stem, token
from catalog.search.engines import Query, Term, beginning
from catalog.search.exact import by_number
from catalog.search.small_words import telling
from catalog.words import languages

SHORTEST_ROOT = 4
FEW = 5


class Match(StrEnum):
    ALL = "all"
    MENDED = "mended"
    ANY = "any"
    NONE = "none"


@dataclass(frozen=True)
class Found:
    """What a search found: product ids, best first.

    `match` says whether all words are in them, whether a spelling was mended, or whether only some words are.
    `did_you_mean` is the mended text, or empty. `sku` is the article number, as the shop writes it, when the words are
    that of one product and nothing else has them.
    """

    words: str
    language: str
    ids: Sequence[int]
    match: Match
    did_you_mean: str = ""
    sku: str = ""
    # Tells answers apart while a search server still lags behind the main database.
    lag: str = ""

    @property
    def scope(self) -> Scope:
        """For `catalog.queries.lists.page_of`."""
        return found((self.words, self.language, self.lag), self.ids)


def find(words: str, language: str, state: str | None = None) -> Found:
    """Every listed product for these words; never raises, whatever was typed.

    All words must be there. When nothing has them all, beginnings will do; then the words of another language; then a
    one-letter mistake is mended; then any of the words will do, and at last what only begins like them. An article
    number leads to its product before all others. Answers are kept as long as the catalogue stays the same.
    """
    words = words[:LONGEST_TEXT].strip()
    state = revision.current() if state is None else state
    lag = outside.lag()
    return memo.remember(
        ("find", state, language, words, lag),
        lambda: replace(_find(words, language, state), lag=lag),
        lambda answer: len(answer.ids) + 1,
    )


def _find(words: str, language: str, state: str) -> Found:
    typed = telling(query_words(words), language)
    numbered = by_number(words)
    exact = [pk for pk, _ in numbered]
    for attempt in (_all, _beginnings):
        if ids := engines.ranked(attempt(typed, language, state)):
            return _found(words, language, [*exact, *ids], Match.ALL, numbered=numbered)
    if exact:
        return _found(words, language, exact, Match.ALL, numbered=numbered)
    if ids := engines.ranked(_elsewhere(words, language)):
        return _found(words, language, ids, Match.ALL)
    mended = spelling.mend(typed, language, synonyms.of(language, state).vocabulary) if typed else None
    if mended:
        if ids := engines.ranked(_all(mended, language, state)):
            return _found(words, language, ids, Match.MENDED, " ".join(mended))
        typed = mended
    ids = engines.ranked(_any(typed, language, state)) if len(typed) > 1 else []
    ids = ids or engines.ranked(_roots(typed, language))
    return _found(words, language, ids, Match.ANY if ids else Match.NONE, " ".join(mended or []))


def _found(
    words: str, language: str, ids: list[int], match: Match, did_you_mean: str = "", numbered: Sequence = ()
) -> Found:
    ordered = array("q", dict.fromkeys(ids))
    sku = numbered[0][1] if len(numbered) == len(ordered) == 1 else ""
    return Found(words, language, ordered, match, did_you_mean if ids else "", sku)


def _all(typed: list[str], language: str, state: str) -> Query:
    wanted = groups(typed, language, state)
    if len(typed) == len(wanted) == 2 and max(map(len, wanted)) <= FEW:
        # Two words may be one: a tea pot is a teapot.
        joined = (Term(token("".join(typed)[:LONGEST_WORD], language)),)
        wanted = [(*((*first, *second) for first, second in product(*wanted)), joined)]
    return Query(tuple(wanted))


def _beginnings(typed: list[str], language: str, state: str) -> Query:
    return Query(tuple(beginning(word, language) for word in typed))


def _elsewhere(words: str, language: str) -> Query:
    """The words in the shop's other languages: whoever types льняной on an English page did not misspell anything."""
    others = [other for other in languages() if other != language]
    typed = query_words(words)
    for other in others:
        typed = telling(typed, other) or typed
    # A row of the index is one product in one language, so all words are found in the same one.
    return Query(tuple(tuple((Term(token(word, other)),) for other in others) for word in typed if others))


def _any(typed: list[str], language: str, state: str) -> Query:
    return Query(tuple(groups(typed, language, state)), every=False)


def _roots(typed: list[str], language: str) -> Query:
    """What begins like one of the words without its end: кастрюлька leads to кастрюля. Better than an empty page."""
    roots = (stem(word, language) for word in typed if word.isalpha())
    kept = (root[: max(SHORTEST_ROOT, len(root) - 3)] for root in roots if len(root) > SHORTEST_ROOT)
    return Query(tuple(((Term(marked(root, language), is_beginning=True),),) for root in kept), every=False)


def groups(typed: Sequence[str], language: str, state: str) -> list[tuple[tuple[Term, ...], ...]]:
    """Finished words, each with what the merchant says it stands for."""
    return [
        tuple(tuple(Term(token(word, language)) for word in phrase) for phrase in choices)
        for choices in synonyms.alternatives(typed, language, state)
    ]
