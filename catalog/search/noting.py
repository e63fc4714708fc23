"""Counting searches without making anybody wait: in this process first, then by a worker, many at once.

What might tell who searched is left out here: addresses, telephone and card numbers, long texts.
"""

import logging
import re
from collections.abc import Callable
from threading import Lock
from time import monotonic

from catalog.models.searched import LONGEST
from catalog.search.analysis import fold

log = logging.getLogger(__name__)
SEARCHES_AT_MOST, SECONDS_AT_MOST = 50, 10.0
PERSONAL = re.compile(r"@|https?:|www\.|(?:\d[\s().+-]*){7}")
WORDS_AT_MOST = 8

_lock = Lock()
_counted: dict[tuple[str, str, str], list] = {}
_chosen: dict[tuple[str, str, str, int], int] = {}
_since = 0.0


def said(words: str) -> str:
    """The words as they are counted, or nothing when they had better not be kept."""
    text = " ".join(fold(words).split())
    has_letters = any(letter.isalnum() for letter in text)
    if PERSONAL.search(text) or len(text) > LONGEST or len(text.split()) > WORDS_AT_MOST or not has_letters:
        return ""
    return text


def search(day: str, language: str, words: str, results: int, is_full: bool) -> None:
    """Somebody searched; `day` is written 2026-11-22."""
    if text := said(words):
        with _lock:
            _began()
            times = _counted.get((day, language, text), [0])[0]
            _counted[day, language, text] = [times + 1, results, is_full]


def choice(day: str, language: str, words: str, product_id: int) -> None:
    """Somebody went from a search to a product."""
    if text := said(words):
        with _lock:
            _began()
            key = (day, language, text, product_id)
            _chosen[key] = _chosen.get(key, 0) + 1


def hand_over(write: Callable[[list, list], object], now: bool = False) -> None:
    """Give what was counted to `write` when there is enough of it, or when the first of it has waited long enough."""
    with _lock:
        number = len(_counted) + len(_chosen)
        if not number or not (now or number >= SEARCHES_AT_MOST or monotonic() - _since >= SECONDS_AT_MOST):
            return
        searches = [[*key, *row] for key, row in _counted.items()]
        choices = [[*key, times] for key, times in _chosen.items()]
        forget()
    try:
        write(searches, choices)
    except Exception:
        # Nobody's page may fail because a count was lost.
        log.warning("%d searches could not be counted.", len(searches), exc_info=True)


def forget() -> None:
    """Drop what was counted and not handed over."""
    _counted.clear()
    _chosen.clear()


def _began() -> None:
    global _since
    if not _counted and not _chosen:
        _since = monotonic()
