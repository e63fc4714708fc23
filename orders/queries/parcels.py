"""What was sent in which parcel, what follows, and what went back: for pages and letters."""

from dataclasses import dataclass
from datetime import datetime

from orders.models import Order, OrderLine, Refund, Shipment


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel and what is in it: (line, pieces)."""

    shipment: Shipment
    inside: list[tuple[OrderLine, int]]


@dataclass(frozen=True, slots=True)
class MoneyBack:
    """A refund and what it is for: (line, pieces, gross), delivery and goodwill in minor units."""

    at: datetime
    amount: int
    is_done: bool
    lines: list[tuple[OrderLine, int, int]]
    delivery: int
    goodwill: int

    @property
    def is_explained(self) -> bool:
        return bool(self.lines or self.delivery)


def parcels_of(order: Order) -> list[Parcel]:
    """The parcels of an order, the first one first."""
    shipments = order.shipments.prefetch_related("lines__line").order_by("pk")
    return [Parcel(shipment, [(row.line, row.quantity) for row in shipment.lines.all()]) for shipment in shipments]


def what_follows(order: Order) -> list[tuple[OrderLine, int]]:
    """(line, pieces) that are still to send."""
    if not order.is_to_send:
        return []
    return [(line, line.left) for line in OrderLine.objects.filter(order=order) if line.left]


def money_back(order: Order) -> list[MoneyBack]:
    """What went back or is on its way back, the first one first. Two queries."""
    refunds = Refund.objects.filter(payment__order=order).exclude(status=Refund.Status.FAILED)
    return [explain(refund) for refund in refunds.prefetch_related("lines__line").order_by("pk")]


def explain(refund: Refund) -> MoneyBack:
    return MoneyBack(
        at=refund.created_at,
        amount=refund.amount,
        is_done=refund.status == Refund.Status.SUCCEEDED,
        lines=[(row.line, row.quantity, row.gross) for row in refund.lines.all()],
        delivery=refund.delivery_gross,
        goodwill=refund.goodwill,
    )
