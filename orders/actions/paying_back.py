"""Which payment gives back what, when an order was paid in several ways."""

from collections.abc import Iterable

from django.db.models import F

from orders.actions import refund_parts
from orders.actions.refund_parts import Back, Parts
from orders.models import Order, Payment


def giving(order: Order) -> list[Payment]:
    """The payments that have something left, in the order in which they give it back.

    Card, transfer and cash first, the newest before the older; then store credit, gift cards last. See
    docs/decisions/0020.
    """
    paid = order.payments.filter(status=Payment.Status.CAPTURED, is_surplus=False, captured__gt=F("refunded"))
    return sorted(paid, key=_place)


def available(order: Order) -> int:
    """How much of what was paid could go back (minor units)."""
    return sum(payment.refundable for payment in giving(order))


def shared(order: Order, parts: Parts, only: Iterable[Payment] | None = None) -> list[tuple[Payment, Parts]]:
    """Each payment with the parts that it gives back; never more than is left of it.

    What no payment covers is in none of them: compare the sums. Raises refund_parts.PartTooLarge.
    """
    shares = []
    for payment in giving(order) if only is None else only:
        given, rest = _cut(order, parts, payment.refundable)
        if amount_of(given):
            shares.append((payment, given))
            parts = rest
    return shares


def amount_of(parts: Parts) -> int:
    """What parts come to whose lines all name their amount."""
    return sum(back.gross or 0 for back in parts.lines) + parts.delivery + parts.goodwill


def _place(payment: Payment) -> tuple[int, int]:
    kinds = {None: 0, Payment.CREDIT.STORE_CREDIT: 1}
    return kinds.get(payment.method if payment.account_id else None, 2), -payment.pk


def _cut(order: Order, parts: Parts, most: int) -> tuple[Parts, Parts]:
    """Parts of at most that amount, and the rest. Pieces go with the last of their money."""
    given, rest = [], []
    prices = {row.line_id: row.gross for row in refund_parts.price(order, parts).lines}
    for back in parts.lines:
        gross = prices.get(back.line_id, 0)
        share = min(gross, most)
        most -= share
        place = {"restock": back.restock, "location_id": back.location_id}
        if share == gross and (share or back.quantity):
            given.append(Back(back.line_id, back.quantity, gross, **place))
        else:
            given += [Back(back.line_id, 0, share)] if share else []
            rest += [Back(back.line_id, back.quantity, gross - share, **place)] if gross else []
    delivery = min(parts.delivery, most)
    goodwill = min(parts.goodwill, most - delivery)
    return Parts(tuple(given), delivery, goodwill), Parts(
        tuple(rest), parts.delivery - delivery, parts.goodwill - goodwill
    )
