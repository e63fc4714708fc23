"""What this process has worked out about the catalogue, kept while the catalogue stays the same.

In the process and not in the shared cache: browsing must not need Redis, and nothing has to be packed and unpacked.
Keys hold the revision, so that a change anywhere makes old answers unreachable; they leave by age.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar

Answer = TypeVar("Answer")
# Answers are weighed in rough units of one row; about 64 MB at most.
CAPACITY = 500_000

_answers: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
_lock = Lock()
_weight = 0


def remember(key: Hashable, work: Callable[[], Answer], weight: Callable[[Answer], int] = lambda _: 100) -> Answer:
    """The answer for this key, worked out when it is not known. Never change an answer: others hold the same one."""
    global _weight
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
