"""What the places that serve the web shop can give of a variant: at once, and in all. No database here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from catalog.models import StockLevel


@dataclass(frozen=True, slots=True)
class Supply:
    """`ready` pieces can be sent at once, `sellable` can be sold; the others come on `comes_on`, if anybody knows."""

    ready: int = 0
    sellable: int = 0
    comes_on: date | None = None

    def without(self, pieces: int) -> "Supply":
        """What is left when somebody takes pieces; those on hand go first."""
        return Supply(max(self.ready - pieces, 0), max(self.sellable - pieces, 0), self.comes_on)

    def by(self, each: int) -> "Supply":
        """How often so many pieces can be taken together."""
        return Supply(self.ready // each, self.sellable // each, self.comes_on)


def supply_of(levels: Iterable[StockLevel]) -> Supply:
    """The levels of one variant together. A day that is over is no day: the goods are late."""
    ready = sellable = 0
    days: list[date] = []
    for level in levels:
        ready += level.ready
        sellable += level.sellable
        if level.back_order and level.comes_on:
            days.append(level.comes_on)
    return Supply(ready, sellable, min(days, default=None))


def together(supplies: Iterable[Supply]) -> Supply | None:
    """What parts that are only sold together can give; None where nothing is counted.

    The day is the last that one of them has to wait for; nobody knows it when nobody knows one of them.
    """
    parts = list(supplies)
    if not parts:
        return None
    waiting = [part.comes_on for part in parts if not part.ready]
    day = max(waiting, default=None) if all(waiting) else None
    return Supply(min(part.ready for part in parts), min(part.sellable for part in parts), day)
