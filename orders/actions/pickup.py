"""Orders that their buyer comes for: put aside in the shop, and handed over there."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from customers.models import Customer
from orders import letters, texts
from orders.actions import dispatching, shipping
from orders.actions.history import note
from orders.models import Order, OrderEvent, Shipment


class NotPickedUp(Exception):
    """The order is not picked up in a shop, is not agreed, or was handed over before."""


@transaction.atomic
def make_ready(order: Order, actor: Customer | None = None, now: datetime | None = None) -> bool:
    """Everything lies in the shop: the buyer is told once, in the language of the order. False when he was told.

    Raises NotPickedUp, shipping.NotPaid; nothing has changed then.
    """
    now = now or timezone.now()
    order.refresh_from_db(from_queryset=Order.objects.select_for_update())
    if not (order.is_pickup and order.is_to_send):
        raise NotPickedUp(order.pk)
    if order.due_on is None and order.payment_status not in Order.MONEY_IS_SURE:
        raise shipping.NotPaid(order.pk)
    if order.ready_at:
        return False
    order.ready_at = now
    Order.objects.filter(pk=order.pk).update(ready_at=now)
    note(order, OrderEvent.Type.READY, now, order.delivery_name, actor)
    letters.tell_ready(order)
    texts.tell_ready(order, now)
    return True


def hand_over(order: Order, actor: Customer | None = None, now: datetime | None = None) -> Shipment:
    """The buyer has it: stock leaves the shelf. Raises NotPickedUp and what `dispatching.dispatch` raises."""
    if not order.is_pickup:
        raise NotPickedUp(order.pk)
    return dispatching.dispatch(order, actor=actor, now=now)
