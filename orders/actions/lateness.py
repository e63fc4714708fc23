"""Orders that do not leave in time: whoever asked for texts is told, once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from orders import texts
from orders.models import Order

# Who was promised something longer ago has heard of it, or the shop began to send texts only now.
LOOKS_BACK = timedelta(days=5)


def tell(now: datetime) -> int:
    """Text the buyers of orders whose promised day is over and which are not sent; how many were told."""
    if not texts.are_offered():
        return 0
    today = localdate(now)
    late = Order.objects.late(today).filter(promised_on__gte=today - LOOKS_BACK).exclude(texts_to="")
    late = late.filter(fulfilment_status=Order.FulfilmentStatus.UNFULFILLED)
    told = 0
    for order in late.order_by("pk").iterator(chunk_size=500):
        with transaction.atomic():
            told += texts.tell_late(order, now) is not None
    return told
