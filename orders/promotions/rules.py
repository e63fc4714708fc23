"""A promotion as the engine reads it: everything that was looked up is in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from orders.models.promotion import Promotion
from orders.promotions.basket import NONE

Benefit, Target = Promotion.Benefit, Promotion.Target


TARGETS = dict.fromkeys(Promotion.OF_ORDER, Target.ORDER) | dict.fromkeys(Promotion.OF_DELIVERY, Target.SHIPPING)


@dataclass(frozen=True, slots=True)
class Amounts:
    """What is said in one currency, in its minor units."""

    amount: int | None = None
    min_value: int | None = None
    budget: int | None = None


NOTHING = Amounts()


@dataclass(frozen=True, slots=True)
class Goods:
    """Which goods are meant; all when nothing is named. `categories` hold those below them too."""

    products: frozenset[int] = NONE
    categories: frozenset[int] = NONE
    brands: frozenset[int] = NONE
    collections: frozenset[int] = NONE

    @property
    def is_everything(self) -> bool:
        return not (self.products or self.categories or self.brands or self.collections)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One promotion. Its fields are those of the model; `name` is in the language of the reader."""

    pk: int
    name: str = ""
    benefit: str = Benefit.PERCENT
    is_active: bool = True
    needs_code: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    weekdays: str = ""
    percent: int | None = None
    # By currency; a row that is missing there says that nothing is offered in it.
    amounts: Mapping[str, Amounts] = field(default_factory=dict)
    has_min_value: bool = False
    has_budget: bool = False
    buy_quantity: int | None = None
    get_quantity: int | None = None
    most_times: int | None = None
    goods: Goods = Goods()
    rewards: frozenset[int] = NONE
    gift: int | None = None
    leaves_out_reduced: bool = False
    min_quantity: int | None = None
    groups: frozenset[str] = NONE
    segment: str = ""
    nth_order: int | None = None
    countries: frozenset[str] = NONE
    methods: frozenset[int] = NONE
    combines: frozenset[str] = NONE
    lane: int = 1
    priority: int = 0
    limit_total: int | None = None
    limit_per_customer: int | None = None
    limit_per_day: int | None = None

    @property
    def target(self) -> str:
        return TARGETS.get(self.benefit, Target.PRODUCT)

    @property
    def is_limited(self) -> bool:
        """Whether it has to be counted how often it was used."""
        most = (self.limit_total, self.limit_per_customer, self.limit_per_day, self.nth_order)
        return self.has_budget or any(number is not None for number in most)

    def in_currency(self, currency: str) -> Amounts:
        return self.amounts.get(currency, NOTHING)

    def goes_with(self, other: "Rule") -> bool:
        """Whether both may be used in one order: each has to agree."""
        return other.target in self.combines and self.target in other.combines


@dataclass(frozen=True, slots=True)
class Standing:
    """What is used up, looked up beforehand: the reason by promotion, and what is left of budgets (minor units)."""

    closed: Mapping[int, str] = field(default_factory=dict)
    left: Mapping[int, int] = field(default_factory=dict)
