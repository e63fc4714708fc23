"""Words that stand for others: put in when somebody searches, so that no index is written anew."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from catalog import memo
from catalog.models.synonym import Synonym, phrases
from catalog.search.analysis import fold, query_words, token

Phrase = tuple[str, ...]
# A word leads to so many others at most, however many entries name it.
AT_MOST = 40
WORDS_AT_MOST = 4


@dataclass(frozen=True)
class Rules:
    """The entries of a language: from what is typed, as stems, to what is looked for as well."""

    leads: dict[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)
    # Every single word of an entry as it was written, for mending slips.
    vocabulary: frozenset[str] = frozenset()


def of(language: str, state: str) -> Rules:
    """The rules of a language; one query for all of them in each state of the catalogue."""
    every = memo.remember(
        ("synonyms", state), _read, lambda found: 1 + sum(len(rules.leads) for rules in found.values())
    )
    return every.get(language, Rules())


def alternatives(typed: Sequence[str], language: str, state: str) -> list[tuple[Phrase, ...]]:
    """For each word, or for words that are an entry together, everything that may stand there: itself first."""
    leads = of(language, state).leads
    found, place = [], 0
    while place < len(typed):
        length = _longest(typed[place:], leads, language)
        said = tuple(typed[place : place + length])
        others = leads.get(_stems(said, language), ())
        found.append((said, *(other for other in others if other != said)))
        place += length
    return found


def _longest(typed: Sequence[str], leads: dict, language: str) -> int:
    """How many of the first words are one entry; 1 when they are none."""
    if not leads:
        return 1
    sizes = range(min(WORDS_AT_MOST, len(typed)), 1, -1)
    return next((size for size in sizes if _stems(typed[:size], language) in leads), 1)


def _stems(words: Sequence[str], language: str) -> Phrase:
    return tuple(token(word, language) for word in words)


def _read() -> dict[str, Rules]:
    leads: dict[str, dict[Phrase, dict[Phrase, None]]] = {}
    said: dict[str, set[str]] = {}
    for row in Synonym.objects.order_by("pk"):
        typed = [_words(text) for text in phrases(row.words)]
        also = [_words(text) for text in phrases(row.also)] or typed
        for words in filter(None, typed):
            rules = leads.setdefault(row.language, {})
            rules.setdefault(_stems(words, row.language), {}).update(dict.fromkeys(filter(None, also)))
            said.setdefault(row.language, set()).update(words)
    return {
        language: Rules({stems: tuple(others)[:AT_MOST] for stems, others in rules.items()}, frozenset(said[language]))
        for language, rules in leads.items()
    }


def _words(text: str) -> Phrase:
    return tuple(query_words(fold(text))[:WORDS_AT_MOST])
