"""Answering a search."""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from catalog import memo, revision
from catalog.models import Listing, Variant
from catalog.queries.lists import Scope, found
from catalog.search import engines, spelling
from catalog.search.analysis import LONGEST_TEXT, marked, query_words, token
from catalog.search.engines import Query, Term

SKU = re.compile(r"[\w./+ -]{1,80}")


class Match(StrEnum):
    ALL = "all"
    MENDED = "mended"
    ANY = "any"
    NONE = "none"


@dataclass(frozen=True)
class Found:
    """What a search found: product ids, best first.

    `match` says whether all words are in them, whether a spelling was mended, or whether only some words are.
    `did_you_mean` is the mended text, or empty.
    """

    words: str
    language: str
    ids: Sequence[int]
    match: Match
    did_you_mean: str = ""

    @property
    def scope(self) -> Scope:
        """For `catalog.queries.lists.page_of`."""
        return found((self.words, self.language), self.ids)


def find(words: str, language: str, state: str | None = None) -> Found:
    """Every listed product for these words; never raises, whatever was typed.

    All words must be there. When nothing has them all, beginnings will do; then a one-letter mistake is mended; then
    any of the words will do. An article number leads to its product before all others. Answers are kept as long as the
    catalogue stays the same.
    """
    words = words[:LONGEST_TEXT].strip()
    state = revision.current() if state is None else state
    return memo.remember(
        ("find", state, language, words), lambda: _find(words, language), lambda answer: len(answer.ids) + 1
    )


def _find(words: str, language: str) -> Found:
    typed = query_words(words)
    exact = _by_sku(words)
    for attempt in (_all, _beginnings):
        if ids := _matching(attempt(typed, language)):
            return _found(words, language, exact, ids, Match.ALL)
    if exact:
        return _found(words, language, exact, [], Match.ALL)
    mended = spelling.mend(typed, language) if typed else None
    if mended:
        if ids := _matching(_all(mended, language)):
            return _found(words, language, [], ids, Match.MENDED, " ".join(mended))
        typed = mended
    ids = _matching(_any(typed, language)) if len(typed) > 1 else []
    return _found(words, language, [], ids, Match.ANY if ids else Match.NONE, " ".join(mended or []))


def _found(words: str, language: str, exact: list[int], ids: list[int], match: Match, did_you_mean: str = "") -> Found:
    ordered = array("q", dict.fromkeys([*exact, *ids]))
    return Found(words, language, ordered, match, did_you_mean if ids else "")


def _matching(query: Query) -> list[int]:
    return engines.ranked(query)


def _all(typed: list[str], language: str) -> Query:
    return Query(tuple((Term(token(word, language)),) for word in typed))


def _beginnings(typed: list[str], language: str) -> Query:
    return Query(tuple(beginning(word, language) for word in typed))


def _any(typed: list[str], language: str) -> Query:
    return Query(tuple((Term(token(word, language)),) for word in typed), every=False)


def beginning(word: str, language: str) -> tuple[Term, ...]:
    """A word that may be unfinished: what begins so, or what has the same stem."""
    return Term(marked(word, language), is_beginning=True), Term(token(word, language))


def _by_sku(words: str) -> list[int]:
    """The product with exactly this article number, in any capitals, when it is listed."""
    if not SKU.fullmatch(words):
        return []
    spellings = {words, words.upper(), words.lower()}
    variants = Variant.objects.filter(sku__in=spellings, is_active=True)
    return list(Listing.objects.filter(pk__in=variants.values("product_id")).values_list("pk", flat=True))
