"""Changing a paid order: what is called off is counted beside its lines, what is added is asked for separately."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F

from catalog.money import tax_on
from customers.models import Customer
from orders.actions import holds, paying_back, refunds, ways
from orders.actions.amendments import moving, shelves
from orders.actions.amendments.refusals import IsWaiting
from orders.actions.amendments.wishes import Outcome, Wish, row_of
from orders.actions.refund_parts import Back, Parts
from orders.actions.supplements import adding
from orders.models import Order, OrderLine, Supplement


def change(
    order: Order, steps: Mapping[OrderLine, int], wish: Wish, reason: str, actor: Customer | None, now: datetime
) -> Outcome:
    """A step of `amend`. Raises stock.SoldOut, NotSold."""
    more = {line: step for line, step in steps.items() if step > 0}
    gone = {line: -step for line, step in steps.items() if step < 0}
    outcome = Outcome([row_of(line, step) for line, step in steps.items()])
    shelves.lock(order, steps, wish)
    before = ways.state_of(order)
    cheaper = moving.move(order, wish, outcome, now)
    if cheaper and wish.moves_no_money and order.supplements.filter(status=Supplement.Status.OPEN).exists():
        raise IsWaiting(order.pk)
    fresh = [adding.again(line, number) for line, number in more.items()] + shelves.fresh(order, wish.added, now)
    outcome.rows += [{**row_of(line, 0), "was": 0} for line in fresh[len(more) :]]
    _call_off(order, gone, max(cheaper, 0), outcome, reason, actor, now)
    if fresh or cheaper < 0:
        outcome.supplement = adding.add(order, fresh, max(-cheaper, 0), before, now)
    return outcome


def _call_off(order: Order, gone: Mapping[OrderLine, int], cheaper: int, outcome: Outcome, reason, actor, now) -> None:
    """These pieces go back on sale, and their money goes back, with what the delivery costs less."""
    if not order.prices_include_tax:
        cheaper += tax_on(cheaper, order.delivery_tax_rate_bp)
    holds.release_some(gone)
    for line, number in gone.items():
        OrderLine.objects.filter(pk=line.pk).update(cancelled=F("cancelled") + number)
    # Pieces whose money went back before they were called off give none a second time.
    backs = [Back(line.pk, min(number, line.quantity - line.refunded)) for line, number in gone.items()]
    parts = Parts(tuple(back for back in backs if back.quantity), min(cheaper, order.delivery_refundable))
    for payment, share in paying_back.shared(order, parts):
        outcome.refunds.append(refunds.request(payment, share, reason, actor, now=now))
