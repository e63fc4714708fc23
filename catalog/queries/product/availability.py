"""Whether a variant can be had, said so that a page can put it in words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from catalog.queries.supply import Supply

# From so few pieces on a page says how many are left.
FEW = 5


class State(StrEnum):
    ALWAYS = "always"
    IN_STOCK = "in-stock"
    LAST = "last"
    BACK_ORDER = "back-order"
    PRE_ORDER = "pre-order"
    SOLD_OUT = "sold-out"


@dataclass(frozen=True, slots=True)
class Availability:
    """`left` is how many pieces can be bought at once, `here` how many of them are there.

    Both are None where none are counted (files, services). `comes_on` is the day of what is not here, if known.
    """

    state: State
    left: int | None
    here: int | None = None
    comes_on: date | None = None

    @property
    def can_be_bought(self) -> bool:
        return self.state != State.SOLD_OUT

    @property
    def waits(self) -> bool:
        """Whether it is bought before it is there."""
        return self.state in (State.BACK_ORDER, State.PRE_ORDER)

    @property
    def has_more_to_come(self) -> bool:
        """Some are there, and more may be bought on top."""
        return bool(self.here and self.left and self.left > self.here)


def availability_of(supply: Supply | None, today: date, released_on: date | None = None) -> Availability:
    """From what the shelves say (None: not counted). A day that is over is not told: nobody knows the new one."""
    if supply is None:
        return Availability(State.ALWAYS, None)
    here, left = supply.ready, supply.sellable
    day = supply.comes_on if supply.comes_on and supply.comes_on > today else None
    if not left:
        return Availability(State.SOLD_OUT, 0, 0)
    if released_on and released_on > today:
        return Availability(State.PRE_ORDER, left, here, released_on if here else max(released_on, day or released_on))
    if not here:
        return Availability(State.BACK_ORDER, left, 0, day)
    return Availability(State.LAST if here <= FEW else State.IN_STOCK, left, here, day)
