"""What this process has worked out about the catalogue, kept while the catalogue stays the same.

In the process and not in the shared cache: browsing must not need Redis, and nothing has to be packed and unpacked.
Keys hold the revision, so that a change anywhere makes old answers unreachable; they leave by age.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic
from typing import TypeVar

from catalog import markets

Answer = TypeVar("Answer")
# Answers are weighed in rough units of one row; about 64 MB at most.
CAPACITY = 500_000
# What a process may spend on working out again what changes all the time: one part in twenty of its time.
PATIENCE, LONG = 20, 0.2

_answers: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
_lock = Lock()
_weight = 0


def remember(key: Hashable, work: Callable[[], Answer], weight: Callable[[Answer], int] = lambda _: 100) -> Answer:
    """The answer for this key, worked out when it is not known. Never change an answer: others hold the same one.

    Each market has answers of its own: there is a price in almost everything that is shown.
    """
    global _weight
    key = _here(key)
    with _lock:
        if key in _answers:
            _answers.move_to_end(key)
            return _answers[key][0]
    # Outside the lock: two threads may both do the work, none waits for the other.
    answer = work()
    heavy = weight(answer)
    with _lock:
        if key not in _answers:
            _answers[key] = (answer, heavy)
            _weight += heavy
        while _weight > CAPACITY:
            _, (_, dropped) = _answers.popitem(last=False)
            _weight -= dropped
    return answer


def forget() -> None:
    """Drop everything that is known."""
    global _weight
    with _lock:
        _answers.clear()
        _weight = 0


def remember_longer(
    key: Hashable,
    state: str,
    work: Callable[[], Answer],
    weight: Callable[[Answer], int] = lambda _: 100,
    clock: Callable[[], float] = monotonic,
) -> Answer:
    """The answer for this key in this state; one that took long may be of an older state, twenty times as old at most.

    For counts over a whole catalogue that changes with every sale: a second's work is then done every twenty seconds
    and not for every visitor. What took less than a fifth of a second is always of the state asked for.
    """

    def worked_out() -> tuple[Answer, str, float, float]:
        began = clock()
        return work(), state, clock(), clock() - began

    heavy = lambda known: weight(known[0])  # noqa: E731
    answer, known_state, made_at, took = remember(key, worked_out, heavy)
    if known_state != state and (took < LONG or clock() - made_at > took * PATIENCE):
        _forget(key)
        answer, *_ = remember(key, worked_out, heavy)
    return answer


def _here(key: Hashable) -> Hashable:
    return markets.current().key, key


def _forget(key: Hashable) -> None:
    global _weight
    key = _here(key)
    with _lock:
        if key in _answers:
            _weight -= _answers.pop(key)[1]
