"""From text to the words that are compared: capitals, accents and endings do not matter.

Both databases get words that were analysed here, so that a search finds the same on each. A word carries its language
in front ("enblanket"), which keeps the languages of one index apart.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from threading import Lock

import snowballstemmer

# What a visitor's text and a single word may have at most; more is nonsense or an attack.
LONGEST_TEXT, LONGEST_WORD = 200, 40
# In each language, about 200 bytes each: most words of a long import are among the words of the lines before.
KEPT_STEMS = 20_000

_stemmers = {"en": "english", "es": "spanish", "ru": "russian"}
# PyStemmer does the work when it is installed: the same stems, twenty times as fast.
_stemmers = {language: snowballstemmer.stemmer(name) for language, name in _stemmers.items()}
# A stemmer holds the word it works on.
_lock = Lock()
_chunk = re.compile(r"\S+")
_word = re.compile(r"[^\W_]+")
_cyrillic = re.compile(r"[\u0400-\u04ff]")


def fold(text: str) -> str:
    """Small letters without accents; ё is е, but й stays й."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold().translate(_bare)


class _Bare(dict):
    """Each letter without its accents, worked out when it first comes by."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if not _cyrillic.match(letter):
            parts = unicodedata.normalize("NFKD", letter)
            letter = "".join(part for part in parts if not unicodedata.combining(part))
        self[code] = letter
        return letter


_bare = _Bare({ord("ё"): "е"})


def words(text: str) -> list[str]:
    """The words of a text, folded. An article number is also kept whole: `WH-1000` is wh, 1000 and wh1000."""
    found = []
    for chunk in _chunk.findall(fold(text)):
        parts = _word.findall(chunk)
        found += parts
        if len(parts) > 1 and any(letter.isdigit() for letter in chunk):
            found.append("".join(parts))
    return [word[:LONGEST_WORD] for word in found]


def query_words(text: str) -> list[str]:
    """The words a visitor typed, each once: at most eight of them. Parts of an article number stand for the whole."""
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in _word.findall(fold(text[:LONGEST_TEXT]))))[:8]


class _Stems(dict):
    """The stems of the words that came by in one language; begins anew when there are many."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __missing__(self, word: str) -> str:
        if len(self) >= KEPT_STEMS:
            self.clear()
        root = self[word] = _stem(word, self.language)
        return root


_known: dict[str, _Stems] = {}


def _stems(language: str) -> _Stems:
    return _known.get(language) or _known.setdefault(language, _Stems(language))


def stem(word: str, language: str) -> str:
    """The word without its ending. What has a digit is a number or a name and stays whole."""
    return _stems(language)[word]


def _stem(word: str, language: str) -> str:
    if not word.isalpha() and any(letter.isdigit() for letter in word):
        return word
    # Latin words in a Russian text are mostly English ones, and the other way round.
    if (language == "ru") != bool(_cyrillic.match(word)):
        return stem(word, "ru" if language != "ru" else "en")
    stemmer = _stemmers.get(language)
    if stemmer is None:
        return word
    if language == "es" and word.endswith("cion"):
        # The Spanish stemmer knows -ación only with the accent that `fold` has taken.
        word = word[:-2] + "ón"
    with _lock:
        root = fold(stemmer.stemWord(word))
    # The Russian stemmer takes одеяло for a verb (одея) but not одеялами (одеял).
    return root[:-1] if language == "ru" and len(root) > 4 and root.endswith(("ал", "ял")) else root


def token(word: str, language: str) -> str:
    """A word as the index has it."""
    return marked(stem(word, language), language)


def marked(word: str, language: str) -> str:
    """Any beginning of a word as the index has it, without stemming."""
    return _mark(language) + word


@lru_cache(maxsize=100)
def _mark(language: str) -> str:
    return language.replace("-", "").replace("_", "").lower()


def tokens(text: str, language: str) -> list[str]:
    """The words of a text as the index has them."""
    return tokens_of(words(text), language)


def tokens_of(folded: Iterable[str], language: str) -> list[str]:
    """Folded words as the index has them."""
    mark, stems = _mark(language), _stems(language)
    return [mark + stems[word] for word in folded]
