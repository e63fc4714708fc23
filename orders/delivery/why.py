"""Why something cannot be delivered, as data."""

from dataclasses import dataclass
from enum import IntEnum


class Why(IntEnum):
    """The gravest first: the last one is what the buyer can mend most easily."""

    PLACE = 1
    CURRENCY = 2
    AMOUNT = 3
    GOODS = 4


@dataclass(frozen=True, slots=True)
class Refused:
    """A method that is not offered: it does not go there, has no price in the currency, the parcel is too much for it,
    or it does not take these goods (`names`)."""

    method: int
    why: Why
    names: tuple[str, ...] = ()
    is_pickup: bool = False
