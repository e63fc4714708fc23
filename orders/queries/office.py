"""The lists that wait on the desk: which orders each holds, and how many. The tabs of the back office."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from orders.models import Order, OrderEvent
from orders.models.order import OrderQuerySet

Fulfilment, Status, Type = Order.FulfilmentStatus, Order.Status, OrderEvent.Type


def unsettled(orders: OrderQuerySet) -> OrderQuerySet:
    """Orders with an incident that nobody has written a remark about since."""
    answered = OrderEvent.objects.filter(order=OuterRef("order"), type=Type.REMARK, pk__gt=OuterRef("pk"))
    incidents = OrderEvent.objects.filter(~Exists(answered), order=OuterRef("pk"), type=Type.INCIDENT)
    return orders.filter(Exists(incidents))


VIEWS: dict[str, Callable[[OrderQuerySet, date], OrderQuerySet]] = {
    "pack": lambda orders, today: orders.to_pack(),
    "partly": lambda orders, today: orders.partly_sent(),
    "money": lambda orders, today: orders.awaiting_money(),
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
    late: int
    trouble: int


def waiting(today: date) -> Waiting:
    """The counts of the morning, in two queries; `today` is the shop's own date."""
    counted = Order.objects.placed().aggregate(
        pack=Count("pk", filter=_within("pack", today)),
        partly=Count("pk", filter=_within("partly", today)),
        money=Count("pk", filter=_within("money", today)),
        late=Count("pk", filter=_within("late", today)),
    )
    return Waiting(**counted, trouble=unsettled(Order.objects.all()).count())


def _within(view: str, today: date) -> Q:
    return Q(pk__in=VIEWS[view](Order.objects.order_by(), today).values("pk"))
