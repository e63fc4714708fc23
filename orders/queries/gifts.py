"""What promotions give: put into the cart by itself, shown as a gift, and out again when its condition fails.

A gift is no row of the cart: it follows from it, each time the cart is read.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef

from catalog.models import Personalisation, Variant
from orders.delivery import Offer
from orders.models import Cart, CartLine
from orders.promotions import Outcome, Rule
from orders.promotions.outcome import Reason
from orders.queries.cart_lines import Kind, Line, lines_from
from orders.queries.promoted import Promoter

GONE = (Kind.SOLD_OUT, Kind.ONLY_LEFT)


@dataclass(frozen=True, slots=True)
class Given:
    """Lines with the gifts behind them, and what promotions make of them; `gone` are gifts that are sold out."""

    lines: list[Line]
    promoter: Promoter
    outcome: Outcome
    gone: tuple[Line, ...] = ()


def given(cart: Cart, lines: list[Line], promoter: Promoter, sent: Offer | None, now: datetime, sends: bool) -> Given:
    """Add what promotions give whose conditions are met. No query where none gives anything that is not there.

    A gift that cannot be had stands in nobody's way: it is left out, and told in `gone`. One that would need a parcel
    where nothing else is sent (`sends`) is left to the shopper, and so is one that asks its buyer something.
    """
    outcome = promoter.of(sent)
    rules = [one.rule for one in outcome.refused if one.reason == Reason.GIFT_IS_MISSING and one.rule.gift]
    if not rules:
        return Given(lines, promoter, outcome)
    found = _lines(cart, rules, now)
    gone = tuple(line for line in found if line.problem and line.problem.kind in GONE)
    gifts = [replace(line, problem=None, is_gift=True) for line in found if _can_be_given(line, sends)]
    # Two rounds: with all of them, and with those that really cost nothing.
    for _round in range(2):
        if not gifts:
            break
        other = promoter.having([*lines, *gifts])
        reckoned = other.of(sent)
        free = [line for line in gifts if reckoned.off.get(line.pk, 0) == line.gross]
        if len(free) == len(gifts):
            return Given([*lines, *gifts], other, reckoned, gone)
        gifts = free
    return Given(lines, promoter, outcome, gone)


def _lines(cart: Cart, rules: Iterable[Rule], now: datetime) -> list[Line]:
    """A line for each gift, as if it were in the cart; below zero, so that no line of the cart is meant."""
    asks = Exists(Personalisation.objects.filter(product=OuterRef("product")))
    wanted = {rule.gift: rule for rule in reversed(list(rules))}
    rows = []
    for variant in Variant.objects.filter(pk__in=wanted).select_related("product").annotate(asks=asks).order_by("pk"):
        rule = wanted[variant.pk]
        row = CartLine(pk=-rule.pk, variant=variant, name="", quantity=rule.get_quantity or 1, seen_price=0)
        row.asks, row.wish_left = variant.asks, None
        rows.append(row)
    return lines_from(rows, cart, now)


def _can_be_given(line: Line, sends: bool) -> bool:
    is_fine = line.problem is None or line.problem.kind == Kind.PRICE_CHANGED
    return is_fine and not line.is_gift_card and (sends or not line.needs_delivery)
