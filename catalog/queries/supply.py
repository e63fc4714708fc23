"""What the places that serve the web shop can give of a variant: at once, and in all. No database here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from catalog.models import StockLevel


@dataclass(frozen=True, slots=True)
class Supply:
    """`ready` pieces can be sent at once, `sellable` can be sold; the others come on `comes_on`, if anybody knows.

    `at` says where those that are ready lie: (location, pieces).
    """

    ready: int = 0
    sellable: int = 0
    comes_on: date | None = None
    at: tuple[tuple[int, int], ...] = ()

    def without(self, pieces: int) -> "Supply":
        """What is left when somebody takes pieces; those on hand go first. They may come from any place."""
        at = tuple((place, max(there - pieces, 0)) for place, there in self.at)
        return Supply(max(self.ready - pieces, 0), max(self.sellable - pieces, 0), self.comes_on, at)

    def by(self, each: int) -> "Supply":
        """How often so many pieces can be taken together."""
        at = tuple((place, there // each) for place, there in self.at)
        return Supply(self.ready // each, self.sellable // each, self.comes_on, at)

    def places_with(self, pieces: int) -> frozenset[int]:
        """The places that have so many of them alone."""
        return frozenset(place for place, there in self.at if there >= pieces)


def supply_of(levels: Iterable[StockLevel]) -> Supply:
    """The levels of one variant together. A day that is over is no day: the goods are late."""
    ready = sellable = 0
    days: list[date] = []
    at: list[tuple[int, int]] = []
    for level in levels:
        ready += level.ready
        sellable += level.sellable
        if level.ready:
            at.append((level.location_id, level.ready))
        if level.back_order and level.comes_on:
            days.append(level.comes_on)
    return Supply(ready, sellable, min(days, default=None), tuple(at))


def together(supplies: Iterable[Supply]) -> Supply | None:
    """What parts that are only sold together can give; None where nothing is counted.

    The day is the last that one of them has to wait for; nobody knows it when nobody knows one of them.
    """
    parts = list(supplies)
    if not parts:
        return None
    waiting = [part.comes_on for part in parts if not part.ready]
    day = max(waiting, default=None) if all(waiting) else None
    at = [dict(part.at) for part in parts]
    everywhere = set(at[0]).intersection(*at[1:])
    pieces = tuple((place, min(one[place] for one in at)) for place in sorted(everywhere))
    return Supply(min(part.ready for part in parts), min(part.sellable for part in parts), day, pieces)
