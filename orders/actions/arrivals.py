"""Parcels that came to the door: what a carrier, a buyer or a colleague told us."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F
from django.db.models.functions import TruncDate
from django.utils import timezone

from orders.models import Shipment


def arrived(shipments: Iterable[int], day: date) -> int:
    """Write down on which day parcels (by their keys) arrived; says of how many it was new.

    Raises ValueError for a day to come; parcels that were sent after that day, or whose day is known, stay as they are.
    """
    if day > timezone.localdate():
        raise ValueError(day)
    rows = Shipment.objects.filter(pk__in=list(shipments), arrived_on=None)
    return rows.annotate(sent_on=TruncDate(F("shipped_at"))).filter(sent_on__lte=day).update(arrived_on=day)
