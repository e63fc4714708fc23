"""What waits on the desk in the morning."""

from dataclasses import dataclass
from datetime import date

from orders.models import Order


@dataclass(frozen=True, slots=True)
class Desk:
    """How many orders are to pack, wait for money, and are late (not sent, last promised day over)."""

    to_pack: int
    awaiting_money: int
    late: int


def desk(today: date) -> Desk:
    """The counts of the morning; `today` is the shop's own date."""
    return Desk(
        to_pack=Order.objects.to_pack().count(),
        awaiting_money=Order.objects.awaiting_money().count(),
        late=Order.objects.late(today).count(),
    )
