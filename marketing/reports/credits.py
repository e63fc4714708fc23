"""Orders of a span of time, credited to the messages and roads that led to them. Worked out at reading.

Turnover is of goods, without tax and delivery, less what went back; margin is turnover less what the goods cost. Only
orders in the shop's own currency: two currencies never stand in one sum.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db.models import BigIntegerField, Count, F, Q, Sum
from django.db.models.functions import Coalesce

from marketing.models import Message, Purchase, Touch
from marketing.reports.attribution import WINDOW, Contact, before, credit
from orders.models import Order, OrderLine

AT_ONCE = 500
# Of a click and of the arrival that it caused two rows are written; they are one contact.
ONE_CLICK = timedelta(minutes=10)


@dataclass(frozen=True, order=True, slots=True)
class Origin:
    """A flow or a broadcast by its number, or a road from outside by its source and medium."""

    kind: str
    number: int = 0
    source: str = ""
    medium: str = ""


@dataclass(slots=True)
class Credit:
    """What was credited: parts of orders, turnover and margin in minor units. `unknown` of the turnover has no cost."""

    orders: float = 0.0
    turnover: int = 0
    margin: int = 0
    unknown: int = 0

    def add(self, orders: float, turnover: int, margin: int, unknown: int) -> None:
        self.orders += orders
        self.turnover += turnover
        self.margin += margin
        self.unknown += unknown


@dataclass(slots=True)
class Credits:
    """By origin, and of all orders together; what is in `whole` and in no origin came by itself."""

    by_origin: dict[Origin, Credit] = field(default_factory=lambda: defaultdict(Credit))
    whole: Credit = field(default_factory=Credit)


@dataclass(frozen=True, slots=True)
class _Sale:
    profile_id: int
    placed_at: datetime
    turnover: int
    margin: int
    unknown: int


def credits_of(since: datetime, until: datetime, model: str = "last", window: timedelta = WINDOW) -> Credits:
    """Credits for the orders placed from `since` up to `until`. Three queries for every five hundred of them."""
    found = Credits()
    for sales in _in_parts(since, until):
        contacts = _contacts({sale.profile_id for sale in sales}, since - window, until)
        for sale in sales:
            found.whole.add(1, sale.turnover, sale.margin, sale.unknown)
            led = before(contacts.get(sale.profile_id, ()), sale.placed_at, window)
            turnover, margin, unknown = (
                credit(led, sum_, model) for sum_ in (sale.turnover, sale.margin, sale.unknown)
            )
            for origin, (orders, money) in turnover.items():
                found.by_origin[origin].add(orders, money, margin[origin][1], unknown[origin][1])
    return found


def _in_parts(since: datetime, until: datetime) -> Iterator[list[_Sale]]:
    own = Purchase.objects.filter(
        order__status=Order.Status.PLACED,
        order__currency=settings.SHOP_CURRENCY,
        order__placed_at__gte=since,
        order__placed_at__lt=until,
    )
    rows = own.order_by("order_id").values_list("order_id", "profile_id", "order__placed_at").iterator(AT_ONCE)
    while part := list(islice(rows, AT_ONCE)):
        money = money_of([order_id for order_id, *_ in part])
        yield [_Sale(profile, placed_at, *money.get(order_id, (0, 0, 0))) for order_id, profile, placed_at in part]


def money_of(order_ids: list[int]) -> dict[int, tuple[int, int, int]]:
    """Turnover, margin, and turnover of goods whose cost nobody knows, by order."""
    net = F("net") - F("refunded_net")
    cost = F("cost") * (F("quantity") - F("refunded"))
    known = Q(cost__isnull=False)
    number = BigIntegerField()
    rows = OrderLine.objects.filter(order__in=order_ids).order_by().values("order_id")
    sums = rows.annotate(
        turnover=Coalesce(Sum(net, output_field=number), 0),
        known=Coalesce(Sum(net, filter=known, output_field=number), 0),
        cost_of_it=Coalesce(Sum(cost, filter=known, output_field=number), 0),
    )
    return {
        order_id: (turnover, known_net - spent, turnover - known_net)
        for order_id, turnover, known_net, spent in sums.values_list("order_id", "turnover", "known", "cost_of_it")
    }


def _contacts(people: set[int], since: datetime, until: datetime) -> dict[int, list[Contact]]:
    """Clicks in messages, and arrivals by other roads; an arrival that a click caused is that click."""
    found: dict[int, list[Contact]] = defaultdict(list)
    clicks: dict[int, datetime] = {}
    clicked = Message.objects.filter(profile__in=people, clicked_at__gte=since, clicked_at__lt=until)
    for row in clicked.values("pk", "profile_id", "clicked_at", "flow_id", "broadcast_id").order_by():
        clicks[row["pk"]] = row["clicked_at"]
        found[row["profile_id"]].append(Contact(_of_message(row), row["clicked_at"]))
    touches = Touch.objects.filter(profile__in=people, occurred_at__gte=since, occurred_at__lt=until).order_by()
    named = touches.annotate(flow_id=F("message__flow_id"), broadcast_id=F("message__broadcast_id"))
    for row in named.values("profile_id", "occurred_at", "message_id", "flow_id", "broadcast_id", "source", "medium"):
        at = row["occurred_at"]
        if row["message_id"] is None:
            origin = Origin("road", source=row["source"], medium=row["medium"])
        elif row["message_id"] in clicks and at - clicks[row["message_id"]] < ONE_CLICK:
            continue
        else:
            origin = _of_message(row)
        found[row["profile_id"]].append(Contact(origin, at))
    return found


def _of_message(row: dict) -> Origin:
    if row["broadcast_id"]:
        return Origin("broadcast", row["broadcast_id"])
    return Origin("flow", row["flow_id"] or 0)


def arrivals(since: datetime, until: datetime) -> dict[Origin, int]:
    """How many came by each road from outside."""
    within = Touch.objects.filter(occurred_at__gte=since, occurred_at__lt=until, message=None)
    rows = within.order_by().values_list("source", "medium").annotate(number=Count("pk"))
    return {Origin("road", source=source, medium=medium): number for source, medium, number in rows}
