"""What staff write in the history of an order, for each other."""

from datetime import datetime

from django.utils import timezone

from customers.models import Customer
from orders.actions.history import note
from orders.models import Order, OrderEvent


def remark(order: Order, text: str, actor: Customer, now: datetime | None = None) -> bool:
    """Add a remark; it also settles the incidents before it. False when it is empty or just said already."""
    text = text.strip()
    last = order.events.order_by("pk").last()
    said = last is not None and (last.type, last.text, last.actor_id) == (OrderEvent.Type.REMARK, text, actor.pk)
    if not text or said:
        return False
    note(order, OrderEvent.Type.REMARK, now or timezone.now(), text, actor)
    return True
