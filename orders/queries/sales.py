"""What was sold in a span of time, beside another one; by month, for the drawing. Cancelled orders do not count.

Sums are of orders in the shop's own currency: two currencies never stand in one sum.
"""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.conf import settings
from django.db.models import Count, QuerySet, Sum, Value
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
    first, *others = (_one(number, *span) for number, span in enumerate(spans))
    found = {number: Sales(orders, turnover) for number, orders, turnover in first.union(*others, all=True)}
    return [found.get(number, Sales(0, 0)) for number in range(len(spans))]


def _one(number: int, since: datetime, until: datetime) -> QuerySet:
    """Its orders are read from an index alone, and those of no other span."""
    within = _own().filter(placed_at__gte=since, placed_at__lt=until).order_by()
    sums = {"orders": Count("pk"), "turnover": Coalesce(Sum("total"), 0)}
    return within.values(span=Value(number)).annotate(**sums).values_list("span", "orders", "turnover")


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
