"""Parcels that came to the door: what a carrier, a buyer or a colleague told us."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F
from django.db.models.functions import TruncDate
from django.utils import timezone

from orders import events
from orders.actions.history import tell_log
from orders.models import Order, Shipment

NOON = time(12)


@transaction.atomic
def arrived(shipments: Iterable[int], day: date) -> int:
    """Write down on which day parcels (by their keys) arrived; says of how many it was new.

    Raises ValueError for a day to come; parcels that were sent after that day, or whose day is known, stay as they are.
    """
    if day > timezone.localdate():
        raise ValueError(day)
    rows = Shipment.objects.filter(pk__in=list(shipments), arrived_on=None)
    rows = rows.annotate(sent_on=TruncDate(F("shipped_at"))).filter(sent_on__lte=day)
    whose = set(rows.values_list("order", flat=True))
    new = rows.update(arrived_on=day)
    _note_delivered(whose, min(timezone.make_aware(datetime.combine(day, NOON)), timezone.now()))
    return new


def _note_delivered(order_ids: Iterable[int], moment: datetime) -> None:
    """An order is delivered with its last parcel."""
    there = Order.objects.filter(pk__in=order_ids, fulfilment_status=Order.FulfilmentStatus.FULFILLED)
    for order in there.exclude(shipments__arrived_on=None):
        tell_log(events.order_delivered, order, moment)
