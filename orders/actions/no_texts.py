"""The buyer wants no more texts about an order."""

from django.db import transaction

from customers.models import Text
from orders.models import Order
from orders.texts import keys_of


@transaction.atomic
def stop(order: Order) -> bool:
    """Forget the number; what waits is not sent. False when none were sent to him."""
    to = order.texts_to
    if not (to and Order.objects.filter(pk=order.pk, texts_to=to).update(texts_to="")):
        return False
    order.texts_to = ""
    waiting = Text.objects.filter(key__in=keys_of(order), status=Text.Status.QUEUED)
    waiting.delete()
    return True
