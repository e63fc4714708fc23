"""The lists that wait on the desk: which orders each holds, and how many. The tabs of the back office."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Value
from django.utils.timezone import make_aware

from orders.models import Order, OrderEvent
from orders.models.order import OrderQuerySet

Fulfilment, Status, Type = Order.FulfilmentStatus, Order.Status, OrderEvent.Type


# Two days before a card lets go of its money the desk is told.
LETS_GO = timedelta(days=2)


def _midnight_after(day: date) -> datetime:
    return make_aware(datetime.combine(day + timedelta(days=1), time()))


def unsettled(orders: OrderQuerySet) -> OrderQuerySet:
    """Orders with an incident that nobody has written a remark about since."""
    answered = OrderEvent.objects.filter(order=OuterRef("order"), type=Type.REMARK, pk__gt=OuterRef("pk"))
    incidents = OrderEvent.objects.filter(~Exists(answered), type=Type.INCIDENT)
    return orders.filter(pk__in=incidents.values("order"))


VIEWS: dict[str, Callable[[OrderQuerySet, date], OrderQuerySet]] = {
    "pack": lambda orders, today: orders.to_pack(),
    "partly": lambda orders, today: orders.partly_sent(),
    "money": lambda orders, today: orders.awaiting_money(),
    "overdue": lambda orders, today: orders.overdue(today),
    "lapsing": lambda orders, today: orders.lapsing(_midnight_after(today + LETS_GO)),
    "late": lambda orders, today: orders.late(today),
    "trouble": lambda orders, today: unsettled(orders),
    "sent": lambda orders, today: orders.placed().filter(fulfilment_status=Fulfilment.FULFILLED),
    "cancelled": lambda orders, today: orders.filter(status=Status.CANCELLED),
    "card": lambda orders, today: orders.filter(status=Status.PENDING),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many orders want a person today."""

    pack: int
    partly: int
    money: int
    overdue: int
    lapsing: int
    late: int
    trouble: int


def waiting(today: date) -> Waiting:
    """The counts of the morning, in one query; `today` is the shop's own date.

    Each is counted by an index of its own: most orders are long done.
    """
    orders, names = Order.objects.order_by(), [field.name for field in fields(Waiting)]
    first, *others = (
        VIEWS[name](orders, today).values(view=Value(name)).annotate(number=Count("pk")).values_list("view", "number")
        for name in names
    )
    return Waiting(**dict.fromkeys(names, 0) | dict(first.union(*others, all=True)))
