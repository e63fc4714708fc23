"""From looking to paying, by day or by week: for the dashboard.

Looks, additions and begun checkouts are facts of the event log; orders and payments are read from the orders
themselves, so that the funnel and the books never disagree.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.db.models.functions import TruncDay, TruncWeek

from marketing.models import Event
from orders.models import Order

STEPS = {Event.Type.VIEWED: "views", Event.Type.ADDED: "adds", Event.Type.CHECKOUT: "checkouts"}


@dataclass(slots=True)
class Step:
    """One day, or the week that begins on it."""

    begins_on: date
    views: int = 0
    adds: int = 0
    checkouts: int = 0
    orders: int = 0
    paid: int = 0


def funnel(since: datetime, until: datetime, by_week: bool = False) -> list[Step]:
    """A row for each day (or week) of the shop's own time zone on which something happened, oldest first."""
    trunc = TruncWeek if by_week else TruncDay
    rows: dict[date, Step] = {}
    counts: dict[tuple[date, str], int] = defaultdict(int)

    def add(queryset, moment: str, name) -> None:
        window = {f"{moment}__gte": since, f"{moment}__lt": until}
        days = queryset.filter(**window).order_by().annotate(day=trunc(moment))
        for row in days.values("day", *(["type"] if callable(name) else [])).annotate(times=Count("pk")):
            counts[row["day"].date(), name(row) if callable(name) else name] += row["times"]

    add(Event.objects.filter(type__in=list(STEPS)), "occurred_at", lambda row: STEPS[row["type"]])
    add(Order.objects.exclude(placed_at=None), "placed_at", "orders")
    add(Order.objects.exclude(paid_at=None), "paid_at", "paid")
    for (day, name), times in counts.items():
        setattr(rows.setdefault(day, Step(day)), name, times)
    return [rows[day] for day in sorted(rows)]
