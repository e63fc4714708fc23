"""What somebody means to buy, as far as promotions look at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

NONE: frozenset = frozenset()


@dataclass(frozen=True, slots=True)
class Good:
    """A line of the basket. `key` tells lines apart; `unit_price` is one piece in minor units, tax included."""

    key: int
    unit_price: int
    quantity: int
    variant: int = 0
    product: int = 0
    category: int = 0
    brand: int | None = None
    collections: frozenset[int] = NONE
    is_reduced: bool = False
    # Put in by a promotion that gives it: nobody has bought it, so it opens no other promotion.
    is_gift: bool = False

    @property
    def gross(self) -> int:
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """Lines, who buys them, where they go and when it is.

    `codes` are those that were typed, by the promotion that each opens. `orders_before` is None for somebody unknown,
    `delivery` (minor units) None when nothing is sent. `at` is the time on the shop's own clock.
    """

    goods: tuple[Good, ...]
    currency: str
    at: datetime
    country: str = ""
    group: str = ""
    segments: frozenset[str] = NONE
    orders_before: int | None = None
    delivery: int | None = None
    method: int = 0
    codes: Mapping[int, str] = field(default_factory=dict)
