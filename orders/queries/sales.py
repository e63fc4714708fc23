"""What was sold in a span of time, beside another one; by month, for the drawing. Cancelled orders do not count.

Sums are of orders in the shop's own currency: two currencies never stand in one sum.
"""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.timezone import make_aware

from orders.models import Order


@dataclass(frozen=True, slots=True)
class Sales:
    """Orders of a span of time and their turnover (minor units, tax included)."""

    orders: int
    turnover: int

    @property
    def average(self) -> int:
        return self.turnover // self.orders if self.orders else 0


def sales_in(*spans: tuple[datetime, datetime]) -> list[Sales]:
    """The sales of each span (from, until), in one query."""
    parts = {}
    for number, (since, until) in enumerate(spans):
        within = Q(placed_at__gte=since, placed_at__lt=until)
        parts[f"orders{number}"] = Count("pk", filter=within)
        parts[f"turnover{number}"] = Coalesce(Sum("total", filter=within), 0)
    earliest = min(since for since, _until in spans)
    row = _own().filter(placed_at__gte=earliest).aggregate(**parts)
    return [Sales(row[f"orders{number}"], row[f"turnover{number}"]) for number in range(len(spans))]


@dataclass(frozen=True, slots=True)
class Month:
    begins_on: date
    orders: int = 0
    turnover: int = 0


def by_month(today: date, months: int = 12) -> list[Month]:
    """The last so many months of the shop's own calendar, the running one last; empty ones too. One query."""
    # The day after the last month ends it. Spans, for SQLite would call Python to find the month of each order.
    firsts = [_first(today, back) for back in reversed(range(-1, months))]
    spans = pairwise(map(_midnight, firsts))
    return [Month(first, sales.orders, sales.turnover) for first, sales in zip(firsts, sales_in(*spans), strict=False)]


def _own():
    return Order.objects.placed().filter(currency=settings.SHOP_CURRENCY)


def _first(today: date, back: int) -> date:
    years, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return date(years, month + 1, 1)


def _midnight(day: date) -> datetime:
    return make_aware(datetime(day.year, day.month, day.day))
