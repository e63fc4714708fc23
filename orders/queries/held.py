"""What order lines hold on the shelves, and how much of it is really there."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from orders.models import Order, OrderLine, Reservation


def per_piece(line: OrderLine, rows: Iterable[Reservation]) -> dict[int, int]:
    """How many of each variant one piece of the line takes; `rows` are all it ever held, with their levels."""
    sums: Counter[int] = Counter()
    for row in rows:
        sums[row.level.variant_id] += row.quantity
    return {variant_id: number // line.quantity for variant_id, number in sums.items()}


def ready_to_pack(order: Order, today: date) -> dict[int, int]:
    """How many pieces of each line (by its key) are left to send and there: not on their way, not before their day."""
    lines = [line for line in order.lines.select_related("variant", "supplement") if line.left]
    rows = defaultdict(list)
    for row in Reservation.objects.filter(line__in=lines).select_related("level"):
        rows[row.line_id].append(row)
    return {line.pk: _ready(line, rows[line.pk], today) for line in lines}


def _ready(line: OrderLine, rows: list[Reservation], today: date) -> int:
    if line.waits_for_money or (line.variant and line.variant.is_pre_order(today)):
        return 0
    ready = line.left
    for variant_id, each in per_piece(line, rows).items():
        held = [row for row in rows if row.status == Reservation.Status.HELD and row.level.variant_id == variant_id]
        there = sum(min(row.quantity, max(row.level.on_hand, 0)) for row in held)
        ready = min(ready, there // each) if each else ready
    return ready
