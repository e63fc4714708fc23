"""The safety net under the confirmation: no agreed order stays without its letter."""

import logging
from datetime import datetime, timedelta

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from customers.models import Mail
from orders import letters
from orders.models import Order

logger = logging.getLogger(__name__)

# An order that was imported or seeded as history is not confirmed years later.
LOOKS_BACK = timedelta(days=3)


def confirm_missing(now: datetime) -> int:
    """Write the confirmation of every recently placed order that has none; returns how many were written."""
    key = Concat(Value(letters.CONFIRMATION), Cast(OuterRef("pk"), CharField()))
    missing = Order.objects.placed().filter(~Exists(Mail.objects.filter(key=key)), placed_at__gt=now - LOOKS_BACK)
    written = 0
    for order in missing.order_by("pk"):
        try:
            letters.confirm(order)
        except Exception:
            logger.exception("Order %s could not be confirmed", order.pk)
        else:
            written += 1
    return written
