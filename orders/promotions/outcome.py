"""What came of the promotions, explained one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from orders.promotions.rules import Rule


class Reason(StrEnum):
    """Why a promotion takes nothing off."""

    DRAFT = "draft"
    NOT_YET = "not yet"
    OVER = "over"
    WEEKDAY = "weekday"
    NEEDS_CODE = "needs code"
    GROUP = "group"
    SEGMENT = "segment"
    NTH_ORDER = "nth order"
    COUNTRY = "country"
    CURRENCY = "currency"
    USED_UP = "used up"
    USED_BY_BUYER = "used by buyer"
    USED_TODAY = "used today"
    BUDGET = "budget"
    CODE_USED = "code used"
    NO_DELIVERY = "no delivery"
    METHOD = "method"
    NO_GOODS = "no goods"
    TOO_FEW = "too few"
    TOO_LITTLE = "too little"
    GIFT_IS_MISSING = "gift is missing"
    NOTHING_LEFT = "nothing left"
    BEATEN = "beaten"
    NOT_TOGETHER = "not together"


@dataclass(frozen=True, slots=True)
class Applied:
    """A promotion that takes something off: `parts` by the key of the line, and `delivery`. Minor units."""

    rule: Rule
    parts: Mapping[int, int]
    delivery: int = 0
    code: str = ""

    @property
    def goods(self) -> int:
        return sum(self.parts.values())

    @property
    def amount(self) -> int:
        return self.goods + self.delivery


@dataclass(frozen=True, slots=True)
class Refused:
    """A promotion that takes nothing off. `missing` are pieces or minor units that are lacking, `by` who won."""

    rule: Rule
    reason: Reason
    missing: int = 0
    by: Rule | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """All of it. `off` is what each line becomes cheaper by in all, by its key; lines without anything are left out."""

    applied: tuple[Applied, ...] = ()
    refused: tuple[Refused, ...] = ()
    off: Mapping[int, int] = field(default_factory=dict)
    off_delivery: int = 0

    @property
    def amount(self) -> int:
        return sum(self.off.values()) + self.off_delivery
