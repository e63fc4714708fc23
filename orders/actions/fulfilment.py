"""Whether an order is sent follows from its lines: how many pieces are in parcels, how many are left."""

from datetime import datetime

from orders.models import Order, OrderLine

Status = Order.FulfilmentStatus


def state_of(left: int, sent: int) -> Status:
    """`left` pieces are still to send, `sent` are in parcels."""
    if left:
        return Status.PARTLY if sent else Status.UNFULFILLED
    return Status.FULFILLED if sent else Status.NOT_NEEDED


def restate(order: Order, now: datetime | None = None) -> None:
    """Bring the order's row up to date with its lines, under its lock; `now` is when its last parcel left."""
    lines = [line for line in OrderLine.objects.filter(order=order) if line.needs_delivery]
    state = state_of(sum(line.left for line in lines), sum(line.sent for line in lines))
    if state == order.fulfilment_status:
        return
    order.fulfilment_status = state
    if state == Status.FULFILLED and order.fulfilled_at is None:
        last = order.shipments.order_by("-shipped_at").first()
        order.fulfilled_at = now or (last.shipped_at if last else None)
    Order.objects.filter(pk=order.pk).update(fulfilment_status=state, fulfilled_at=order.fulfilled_at)
