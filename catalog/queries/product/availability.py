"""Whether a variant can be had, said so that a page can put it in words."""

from dataclasses import dataclass
from enum import StrEnum

# From so few pieces on a page says how many are left.
FEW = 5


class State(StrEnum):
    ALWAYS = "always"
    IN_STOCK = "in-stock"
    LAST = "last"
    SOLD_OUT = "sold-out"


@dataclass(frozen=True, slots=True)
class Availability:
    """`left` is how many pieces can be bought at once; None where none are counted (files, services)."""

    state: State
    left: int | None

    @property
    def can_be_bought(self) -> bool:
        return self.state != State.SOLD_OUT


def availability_of(tracks_stock: bool, free: int | None) -> Availability:
    """From what the shelf says; no shelf at all is an empty one."""
    if not tracks_stock:
        return Availability(State.ALWAYS, None)
    left = max(free or 0, 0)
    if not left:
        return Availability(State.SOLD_OUT, 0)
    return Availability(State.LAST if left <= FEW else State.IN_STOCK, left)
