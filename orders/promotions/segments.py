"""A socket: which segments a buyer belongs to is known on a floor above, which joins here."""

from typing import Protocol

from orders.promotions.basket import NONE
from orders.promotions.tallies import Buyer


class Segments(Protocol):
    def __call__(self, buyer: Buyer) -> frozenset[str]:
        """The names of the segments that the buyer is in. Asked only when a promotion names one."""


_asked: list[Segments] = []


def join(answer: Segments) -> None:
    """Let promotions ask this function too."""
    _asked.append(answer)


def of(buyer: Buyer) -> frozenset[str]:
    """All segments of the buyer; none while nobody has joined."""
    return NONE.union(*(ask(buyer) for ask in _asked))
