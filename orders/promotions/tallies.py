"""What is counted of each promotion, and under which key: the cart reads it, the till claims it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from orders.promotions.outcome import Reason
from orders.promotions.rules import Rule

ALL, MONEY, CODE = "all", "money:", "code:"


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys, as far as we know: an address in small letters, an account, its group."""

    email: str = ""
    customer: int | None = None
    group: str = ""

    def tally_keys(self) -> list[str]:
        """The address and the account are counted both, so that neither alone gives another try."""
        keys = [f"email:{hashlib.sha256(self.email.encode()).hexdigest()[:40]}"] if self.email else []
        return keys + ([f"customer:{self.customer}"] if self.customer else [])


@dataclass(frozen=True, slots=True)
class Limit:
    """`most` of what is counted under `key`; one use counts `step`."""

    key: str
    most: int
    reason: Reason
    step: int = 1


@dataclass(frozen=True, slots=True)
class Opened:
    """A code that opens a promotion; `limit` is how often it may be used, None as often as the promotion."""

    key: str
    code: str
    promotion: int
    limit: int | None = None


def day_key(day: date) -> str:
    return f"day:{day.isoformat()}"


def limits_of(
    rule: Rule, buyer: Buyer, day: date, currency: str, amount: int = 0, opened: Opened | None = None
) -> Iterator[Limit]:
    """Every limit that a use of that amount has to fit into."""
    if rule.limit_total is not None:
        yield Limit(ALL, rule.limit_total, Reason.USED_UP)
    if rule.limit_per_day is not None:
        yield Limit(day_key(day), rule.limit_per_day, Reason.USED_TODAY)
    # A first order there is once, even when two are placed in the same moment.
    most = 1 if rule.nth_order else rule.limit_per_customer
    for key in buyer.tally_keys() if most is not None else ():
        yield Limit(key, most, Reason.USED_BY_BUYER)
    if rule.has_budget:
        yield Limit(f"{MONEY}{currency}", rule.in_currency(currency).budget or 0, Reason.BUDGET, amount)
    if opened and opened.limit is not None:
        yield Limit(f"{CODE}{opened.key}", opened.limit, Reason.CODE_USED)
