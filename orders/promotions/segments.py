"""A socket: which segments there are, and which a buyer belongs to, is known on a floor above, which joins here."""

from collections.abc import Callable
from typing import Protocol

from orders.promotions.basket import NONE
from orders.promotions.tallies import Buyer

Choices = Callable[[], list[tuple[str, str]]]


class Segments(Protocol):
    def __call__(self, buyer: Buyer) -> frozenset[str]:
        """The names of the segments that the buyer is in. Asked only when a promotion names one."""


_asked: list[Segments] = []
_offered: list[Choices] = []


def join(answer: Segments, offers: Choices | None = None) -> None:
    """Let promotions ask this function too; `offers` tells short name and name of what can be chosen."""
    _asked.append(answer)
    if offers is not None:
        _offered.append(offers)


def of(buyer: Buyer) -> frozenset[str]:
    """All segments of the buyer; none while nobody has joined."""
    return NONE.union(*(ask(buyer) for ask in _asked))


def choices() -> list[tuple[str, str]]:
    """Short names and names of the segments that a promotion may name."""
    return [each for offer in _offered for each in offer()]
