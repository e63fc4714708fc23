"""What a change takes from the shelves, and what it puts back: locked once, in the order in which everybody locks."""

from collections.abc import Mapping
from datetime import datetime

from catalog.actions import picking
from orders.actions.amendments.refusals import NotSold
from orders.actions.amendments.wishes import Wish
from orders.actions.writing import line_of
from orders.models import Order, OrderLine, Reservation
from orders.queries.amended import lines_to_add
from orders.rounding import Row


def lock(order: Order, steps: Mapping[OrderLine, int], wish: Wish) -> None:
    """Every shelf that is touched: some give, others take. Another way to deliver may move all that is held."""
    rows = Reservation.objects.filter(line__order=order)
    held = (rows if wish.delivery else rows.filter(line__in=list(steps))).values_list("level__variant_id", flat=True)
    wanted = {**wish.added, **{line.variant_id: step for line, step in steps.items() if step > 0 and line.variant_id}}
    needed = {need.variant_id for need in picking.needs_of(wanted)} if wanted else set()
    picking.lock_shelves({*held, *needed})


def fresh(order: Order, added: Mapping[int, int], now: datetime) -> list[OrderLine]:
    """Lines for what is added, at today's prices; not written yet. Raises NotSold."""
    made = []
    for line, verdict in lines_to_add(order, added, now):
        if not line.is_sold or line.asks_something or not line.needs_delivery:
            raise NotSold(line.name)
        rate = verdict.rates.get(line.product.tax_class_id, 0) if verdict.is_taxed else 0
        made.append(line_of(order, line, Row(rate, 0, 0, 0)))
    return made
