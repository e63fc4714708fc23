"""What the writing desk listens to: orders become facts of the log."""

from django.dispatch import receiver

from marketing.actions.events import record
from marketing.models import Event
from orders import events
from orders.models import Order


@receiver(events.order_placed)
def note_order(order_id: int, **kwargs) -> None:
    _note(Event.Type.ORDERED, order_id)


@receiver(events.order_paid)
def note_payment(order_id: int, **kwargs) -> None:
    _note(Event.Type.PAID, order_id)


def _note(type: str, order_id: int) -> None:
    customer_id = Order.objects.values_list("customer_id", flat=True).get(pk=order_id)
    record(type, customer=customer_id, dedupe_key=f"{type}:{order_id}")
