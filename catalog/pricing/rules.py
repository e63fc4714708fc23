"""Everything that decides what one variant costs, and the price at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from catalog.markets import Market


class Priced(NamedTuple):
    """A price in minor units, the former price it is shown with, and the sale that reduced it (its key)."""

    price: int
    compare_at: int | None = None
    sale: int | None = None


#: From so many pieces on, each costs this.
Steps = dict[int, Priced]


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment on (or always) until just before another (or for ever)."""

    starts: datetime | None = None
    ends: datetime | None = None

    def covers(self, moment: datetime) -> bool:
        return (self.starts is None or self.starts <= moment) and (self.ends is None or moment < self.ends)

    @property
    def edges(self) -> list[datetime]:
        return [moment for moment in (self.starts, self.ends) if moment]


@dataclass(frozen=True, slots=True)
class ListRule:
    """What a price list says of the variant. Of two rules the one with the higher rank counts."""

    market: Market
    period: Period
    rank: tuple[int, int]
    prices: dict[int, int]


@dataclass(frozen=True, slots=True)
class SaleRule:
    """A sale that covers the variant: percent off, an amount off in one currency, or a price per currency."""

    pk: int
    period: Period
    percent: int = 0
    amount: int = 0
    currency: str = ""
    prices: dict[str, int] = field(default_factory=dict)
    shows_end: bool = False

    def reduce(self, price: int, currency: str) -> int:
        """The price during the sale; never more than the price given, never below zero."""
        wanted = price
        if self.percent:
            # Half a cent goes up: the announced percentage is never exceeded by rounding, nor missed by more than half.
            wanted = (price * (100 - self.percent) + 50) // 100
        elif self.amount and currency == self.currency:
            wanted = price - self.amount
        return max(0, min(price, wanted, self.prices.get(currency, price)))


class Rules(NamedTuple):
    """`base` is what the variant itself says, in the shop's currency."""

    base: Priced
    base_currency: str
    lists: tuple[ListRule, ...] = ()
    sales: tuple[SaleRule, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Nothing decides what it costs but the variant itself, now and later."""
        return not (self.lists or self.sales or self.base.compare_at)

    def markets(self) -> set[Market]:
        """Where this variant may have a price of its own: the base market and those its lists name."""
        own = {rule.market for rule in self.lists}
        return {Market(self.base_currency), *own, *(market.public for market in own)}

    def edges(self) -> set[datetime]:
        """The moments at which the price may change by itself."""
        return {edge for rule in (*self.lists, *self.sales) for edge in rule.period.edges}


def steps_at(rules: Rules, market: Market, moment: datetime) -> Steps:
    """What the variant costs in that market at that moment; empty where it is not sold.

    Lists come before the variant's own price. Sales reduce public prices, the best one counts. A member of a group
    pays the group's price or the public one, whichever is lower.
    """
    everybody = _public(rules, market.public, moment)
    if not market.group:
        return everybody
    own = _merged(_lists(rules, market, moment))
    return _lower(own, everybody) if own else everybody


def at_quantity(steps: Steps, quantity: int) -> Priced | None:
    """The step that so many pieces have reached; None when not so few are sold."""
    reached = [step for step in steps if step <= quantity]
    return steps[max(reached)] if reached else None


def _public(rules: Rules, market: Market, moment: datetime) -> Steps:
    layers = _lists(rules, market, moment)
    if market.currency == rules.base_currency:
        layers.append({1: rules.base})
    sales = [sale for sale in rules.sales if sale.period.covers(moment)]
    return {step: _reduced(priced, market.currency, sales) for step, priced in _merged(layers).items()}


def _lists(rules: Rules, market: Market, moment: datetime) -> list[Steps]:
    """What the lists of the market say, the first to count first."""
    valid = [rule for rule in rules.lists if rule.market == market and rule.period.covers(moment)]
    valid.sort(key=lambda rule: rule.rank, reverse=True)
    return [{step: Priced(price) for step, price in rule.prices.items()} for rule in valid]


def _merged(layers: Iterable[Steps]) -> Steps:
    """The first layer counts from its smallest quantity on; below that the next one does."""
    merged: Steps = {}
    for steps in layers:
        ceiling = min(merged, default=None)
        merged |= {step: priced for step, priced in steps.items() if ceiling is None or step < ceiling}
    return dict(sorted(merged.items()))


def _reduced(priced: Priced, currency: str, sales: list[SaleRule]) -> Priced:
    best = min(sales, key=lambda sale: (sale.reduce(priced.price, currency), sale.pk), default=None)
    if best is None or (price := best.reduce(priced.price, currency)) == priced.price:
        return priced
    return Priced(price, compare_at=priced.price, sale=best.pk)


def _lower(own: Steps, everybody: Steps) -> Steps:
    steps: Steps = {}
    for step in sorted({*own, *everybody}):
        offers = [found for found in (at_quantity(own, step), at_quantity(everybody, step)) if found]
        best = min(offers, key=lambda priced: priced.price)
        if not steps or steps[max(steps)] != best:
            steps[step] = best
    return steps
