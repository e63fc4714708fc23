"""Mending one-letter mistakes by the words of the goods themselves."""

from collections.abc import Sequence

from catalog.models import SearchWord
from catalog.search.analysis import stem

LATIN = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
SHORTEST, LONGEST = 3, 16
# Who mistypes more words than these is not looking for something we have.
UNKNOWN_AT_MOST = 2


def one_off(word: str) -> set[str]:
    """Every word that one missing, surplus, wrong or swapped letter makes of this one."""
    alphabet = CYRILLIC if any(letter in CYRILLIC for letter in word) else LATIN
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    missing = {left + letter + right for left, right in halves for letter in alphabet}
    surplus = {left + right[1:] for left, right in halves if right}
    wrong = {left + letter + right[1:] for left, right in halves if right for letter in alphabet}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    return (missing | surplus | wrong | swapped) - {word}


def mend(words: Sequence[str], language: str, also: frozenset[str] = frozenset()) -> list[str] | None:
    """The words with unknown ones replaced by the commonest word one letter away; None when there is nothing to mend.

    `also` are words that are known beside those of the goods. Three queries at most, whatever was typed.
    """
    unknown = [word for word in _unknown(words, language) if word not in also]
    if len(unknown) > UNKNOWN_AT_MOST:
        return None
    candidates = {word: (one_off(word), one_off(stem(word, language))) for word in unknown}
    everything = set().union(*(near for both in candidates.values() for near in both))
    if not everything:
        return None
    rows = SearchWord.objects.filter(language=language)
    near = [
        *rows.filter(word__in=everything).values_list("word", "stem", "frequency"),
        *rows.filter(stem__in=everything).values_list("word", "stem", "frequency"),
        *((word, stem(word, language), 0) for word in sorted(everything & also)),
    ]
    return _replaced(words, candidates, near)


def _unknown(words: Sequence[str], language: str) -> list[str]:
    mendable = [word for word in words if SHORTEST <= len(word) <= LONGEST and word.isalpha()]
    stems = {word: stem(word, language) for word in mendable}
    known = set(SearchWord.objects.filter(language=language, stem__in=stems.values()).values_list("stem", flat=True))
    return [word for word in mendable if stems[word] not in known]


def _replaced(
    words: Sequence[str], candidates: dict[str, tuple[set[str], set[str]]], near: list[tuple[str, str, int]]
) -> list[str] | None:
    mended = list(words)
    for place, word in enumerate(words):
        of_word, of_stem = candidates.get(word, ((), ()))
        # A word one letter away comes before one whose stem is; then the commonest.
        fits = [
            (said in of_word, frequency, said)
            for said, root, frequency in near
            if said in of_word or root in of_stem or root in of_word
        ]
        if fits:
            mended[place] = max(fits)[-1]
    return mended if mended != list(words) else None
