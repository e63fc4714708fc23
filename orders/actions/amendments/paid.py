"""Calling off pieces of a paid order: counted beside its lines, and their money goes back."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F

from catalog.money import tax_on
from customers.models import Customer
from orders.actions import holds, refund_parts, refunds
from orders.actions.amendments import moving
from orders.actions.amendments.refusals import IsPaid
from orders.actions.amendments.wishes import Outcome, Wish, row_of
from orders.actions.refund_parts import Back, Parts
from orders.models import Order, OrderLine, Payment


def change(
    order: Order, steps: Mapping[OrderLine, int], wish: Wish, reason: str, actor: Customer | None, now: datetime
) -> Outcome:
    """A step of `amend`. Raises IsPaid for more goods, or for a dearer delivery."""
    if wish.added or any(step > 0 for step in steps.values()):
        raise IsPaid(order.pk)
    outcome = Outcome([row_of(line, step) for line, step in steps.items()])
    cheaper = moving.move(order, wish, outcome, now)
    if cheaper < 0:
        raise IsPaid(order.pk)
    if not order.prices_include_tax:
        cheaper += tax_on(cheaper, order.delivery_tax_rate_bp)
    gone = {line: -step for line, step in steps.items()}
    holds.release_some(gone)
    for line, number in gone.items():
        OrderLine.objects.filter(pk=line.pk).update(cancelled=F("cancelled") + number)
    # Pieces whose money went back before they were called off give none a second time.
    backs = [Back(line.pk, min(number, line.quantity - line.refunded)) for line, number in gone.items()]
    parts = Parts(tuple(back for back in backs if back.quantity), min(cheaper, order.delivery_refundable))
    for payment, share in _shared(order, parts):
        outcome.refunds.append(refunds.request(payment, share, reason, actor, now=now))
    return outcome


def _shared(order: Order, parts: Parts) -> list[tuple[Payment, Parts]]:
    """Which payment gives back what, the one with the most left first; never more than is left."""
    shares = []
    captured = order.payments.filter(status=Payment.Status.CAPTURED).order_by(F("refunded") - F("captured"), "pk")
    for payment in captured:
        given, parts = _cut(order, parts, payment.refundable)
        if given.lines or given.delivery:
            shares.append((payment, given))
    return shares


def _cut(order: Order, parts: Parts, most: int) -> tuple[Parts, Parts]:
    """Parts of at most that amount, and the rest. Pieces go with the last of their money."""
    given, rest = [], []
    prices = {row.line_id: row.gross for row in refund_parts.price(order, parts).lines}
    for back in parts.lines:
        gross = prices.get(back.line_id, 0)
        share = min(gross, most)
        most -= share
        if share == gross and share:
            given.append(Back(back.line_id, back.quantity, gross))
        else:
            given += [Back(back.line_id, 0, share)] if share else []
            rest += [Back(back.line_id, back.quantity, gross - share)] if gross else []
    delivery = min(parts.delivery, most)
    return Parts(tuple(given), delivery), Parts(tuple(rest), parts.delivery - delivery)
