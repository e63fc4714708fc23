"""What the writing desk listens to: orders become facts of the log, goods that are back wake the notices."""

from django.dispatch import receiver

from catalog import events as shelves
from marketing.actions.events import record
from marketing.actions.profiles import know_buyer
from marketing.models import Event, Notice
from marketing.tasks import release_notices
from orders import events
from orders.models import Order


@receiver(events.order_placed)
def note_order(order_id: int, **kwargs) -> None:
    _note(Event.Type.ORDERED, order_id)


@receiver(events.order_paid)
def note_payment(order_id: int, **kwargs) -> None:
    _note(Event.Type.PAID, order_id)


def _note(type: str, order_id: int) -> None:
    order = Order.objects.select_related("customer").get(pk=order_id)
    record(type, profile=know_buyer(order), order=order, dedupe_key=f"{type}:{order_id}")


@receiver(shelves.stock_changed)
def wake_notices(product_ids: list[int], **kwargs) -> None:
    """Somebody waits for one of these: look at once, and not at the next tick. The clock finds what is missed here."""
    if Notice.objects.filter(variant__product__in=product_ids, status=Notice.Status.WAITING).exists():
        release_notices.apply_async(retry=False)
