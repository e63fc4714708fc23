"""Rounding tax: per row, or per rate over the whole order. Pure sums in whole minor units.

A row that was rounded alone is the start; the other rules move single cents between its parts, so that what is printed
adds up by rate. Nothing ever becomes negative, and net + tax = gross stays true in every row.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from catalog.money import tax_inside, tax_on


class Rule(StrEnum):
    """When tax is rounded.

    LINE: in each row. NET: once per rate, from the sum of net amounts; the total may move by a few cents.
    GROSS: once per rate, from the sum of gross amounts, and what a shopper pays stays as it was shown.
    """

    LINE = "line"
    NET = "net"
    GROSS = "gross"


@dataclass(frozen=True, slots=True)
class Row:
    """A priced row: net + tax = gross, always, at one rate.

    `discount` is what was taken off before, `moved` what the rounding rule added to gross (mostly 0).
    """

    rate_bp: int
    net: int
    tax: int
    gross: int
    discount: int = 0
    moved: int = 0


def from_gross(gross: int, rate_bp: int, discount: int = 0) -> Row:
    """An amount that contains its tax."""
    tax = tax_inside(gross, rate_bp)
    return Row(rate_bp, gross - tax, tax, gross, discount)


def from_net(net: int, rate_bp: int, discount: int = 0) -> Row:
    """An amount to which tax is added."""
    tax = tax_on(net, rate_bp)
    return Row(rate_bp, net, tax, net + tax, discount)


def rounded(rows: Sequence[Row], groups: Sequence[Hashable], rule: Rule) -> list[Row]:
    """The rows by that rule. Rows of one group are summed up before rounding; they must have the same rate."""
    done = list(rows)
    if rule == Rule.LINE:
        return done
    members: dict[Hashable, list[int]] = {}
    for place, group in enumerate(groups):
        members.setdefault(group, []).append(place)
    for places in members.values():
        # The largest first: there a cent is seen least.
        places.sort(key=lambda place: (-done[place].gross, place))
        short = _short([done[place] for place in places], rule)
        for place, cents in zip(places, _spread(short, [done[place] for place in places], rule), strict=True):
            if cents:
                done[place] = _move(done[place], cents, rule)
    return done


def split(amount: int, weights: Sequence[int]) -> list[int]:
    """Parts of an amount in proportion to the weights; together they are the amount. The largest rests round up.

    Raises ValueError when all weights are 0 or one is negative.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("Nothing to share by")
    shares = [divmod(amount * weight, whole) for weight in weights]
    parts = [share for share, _rest in shares]
    by_rest = sorted(range(len(weights)), key=lambda place: (-shares[place][1], place))
    for place in by_rest[: amount - sum(parts)]:
        parts[place] += 1
    return parts


def _short(rows: Sequence[Row], rule: Rule) -> int:
    """How many cents the tax of these rows is short of what their sum owes."""
    rate, tax = rows[0].rate_bp, sum(row.tax for row in rows)
    if rule == Rule.NET:
        return tax_on(sum(row.net for row in rows), rate) - tax
    return tax_inside(sum(row.gross for row in rows), rate) - tax


def _spread(cents: int, rows: Sequence[Row], rule: Rule) -> list[int]:
    """The cents shared out one by one, to rows that can bear them."""
    step = 1 if cents > 0 else -1
    given = [0] * len(rows)
    while cents:
        for place, row in enumerate(rows):
            if cents and _bears(row, given[place] + step, rule):
                given[place] += step
                cents -= step
    return given


def _bears(row: Row, cents: int, rule: Rule) -> bool:
    return row.tax + cents >= 0 and (rule == Rule.NET or row.net - cents >= 0)


def _move(row: Row, cents: int, rule: Rule) -> Row:
    if rule == Rule.NET:
        return replace(row, tax=row.tax + cents, gross=row.gross + cents, moved=cents)
    return replace(row, tax=row.tax + cents, net=row.net - cents)
