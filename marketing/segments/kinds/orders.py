"""What somebody ordered: how many times, for how much, when first and when last. What was called off is no order."""

from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models import When as If
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.moments import stamp
from marketing.models import Purchase
from marketing.segments.found import Found, all_of, none_of
from marketing.segments.kind import Around, Asked, Kind, declare
from marketing.segments.kinds.behaviour import is_worth
from marketing.segments.kinds.shared import is_often, lies, money, often, times
from marketing.segments.params import Count as HowOften
from marketing.segments.params import Sum as Amount
from marketing.segments.params import When, bounds
from marketing.segments.params.numbers import AT_LEAST
from marketing.segments.params.times import BEFORE, BETWEEN, NEVER, WITHIN
from marketing.segments.people import ORDERS, Bought
from orders.models import Order, Refund

BOUGHT = gettext_lazy("Orders")
STATES = Order.PaymentStatus


def placed(around: Around, when: dict | None = None) -> QuerySet[Purchase]:
    """Orders that stand, of all time or of that span."""
    span = bounds(when or {"when": "ever"}, around.now).lookups("order__placed_at")
    return around.narrow(Purchase.objects.order_by().filter(order__status=Order.Status.PLACED, **span))


def with_net(rows: QuerySet[Purchase], around: Around) -> QuerySet[Purchase]:
    """With what each order brought: its total less what went back, asked only where something did."""
    back = Refund.objects.filter(
        payment__order=OuterRef("order"), status=Refund.Status.SUCCEEDED, created_at__lte=around.now
    ).order_by().values("payment__order").annotate(sum=Sum("amount")).values("sum")  # fmt: skip
    went = Case(
        If(order__payment_status__in=(STATES.PARTLY_REFUNDED, STATES.REFUNDED), then=Coalesce(Subquery(back), 0)),
        default=0,
    )
    return rows.annotate(net=F("order__total") - went)


def _bought(values, asked: Asked) -> list[Bought]:
    span = bounds(values["when"], asked.now)
    return [one for one in asked.person.orders if span.holds(one.at)]


def _spent(values, around: Around) -> Found:
    asked = values["sum"]
    rows = with_net(placed(around, values["when"]).filter(order__currency=asked["currency"]), around)
    least = asked["amount"] if asked["compare"] == AT_LEAST else asked["amount"] + 1
    more = Found.among(rows.values("profile").annotate(worth=Sum("net")).filter(worth__gte=least).values("profile"))
    return more if asked["compare"] == AT_LEAST else none_of(more)


def _in_currency(values, asked: Asked) -> list[int]:
    return [one.net for one in _bought(values, asked) if one.currency == values["sum"]["currency"]]


def _average(values, around: Around) -> Found:
    """Without a division: the sum against so many times the amount."""
    asked = values["sum"]
    rows = with_net(placed(around, values["when"]).filter(order__currency=asked["currency"]), around)
    sums = rows.values("profile").annotate(worth=Sum("net"), number=Count("pk"))
    compare = "gte" if asked["compare"] == AT_LEAST else "lte"
    return Found.among(sums.filter(**{f"worth__{compare}": F("number") * asked["amount"]}).values("profile"))


def _is_average(values, nets: list[int]) -> bool:
    goal = values["sum"]["amount"] * len(nets)
    return bool(nets) and (sum(nets) >= goal if values["sum"]["compare"] == AT_LEAST else sum(nets) <= goal)


def _edge(code: str, label, is_first: bool) -> Kind:
    """The first or the last order lies in a span: there is one in it, and none on its far side."""

    def sql(values, around: Around) -> Found:
        when = values["when"]
        if when["when"] == NEVER:
            return none_of(often(placed(around), {"compare": AT_LEAST, "number": 1}))
        start, end = bounds(when, around.now)
        inside = Found.among(placed(around, when).values("profile"))
        beyond = placed(around)
        if is_first and start is None or not is_first and end > around.now:
            return inside
        beyond = beyond.filter(order__placed_at__lt=start) if is_first else beyond.filter(order__placed_at__gte=end)
        return all_of([inside, none_of(Found.among(beyond.values("profile")))])

    def seen(values, asked: Asked):
        orders = asked.person.orders
        at = (orders[0] if is_first else orders[-1]).at if orders else None
        return at, lies(at, values["when"], asked.now)

    return Kind(
        code, BOUGHT, label, (When("when", gettext_lazy("when"), (WITHIN, BEFORE, BETWEEN, NEVER)),),
        sql=sql, seen=seen,
        holds=lambda values, seen: seen[1],
        say=lambda values, seen: stamp(seen[0]) or _("never"),
        needs=frozenset({ORDERS}),
    )  # fmt: skip


_WHEN, _SUM = When("when", gettext_lazy("when")), Amount("sum", gettext_lazy("Sum"))

declare(
    Kind(
        "orders", BOUGHT, gettext_lazy("Ordered"), (HowOften("count", gettext_lazy("how often")), _WHEN),
        sql=lambda values, around: often(placed(around, values["when"]), values["count"]),
        seen=lambda values, asked: len(_bought(values, asked)),
        holds=lambda values, number: is_often(values["count"], number),
        say=lambda values, number: times(number),
        needs=frozenset({ORDERS}),
    ),
    Kind(
        "spent", BOUGHT, gettext_lazy("Spent"), (_SUM, _WHEN),
        sql=_spent,
        seen=lambda values, asked: sum(_in_currency(values, asked)),
        holds=lambda values, amount: is_worth(values["sum"], amount),
        say=lambda values, amount: money(amount, values["sum"]["currency"]),
        needs=frozenset({ORDERS}),
        help=gettext_lazy("With tax and delivery, less what went back. Currencies are never added up."),
    ),
    Kind(
        "average", BOUGHT, gettext_lazy("Average order"), (_SUM, _WHEN),
        sql=_average,
        seen=_in_currency,
        holds=_is_average,
        say=lambda values, nets: money(sum(nets) // len(nets), values["sum"]["currency"]) if nets else _("no order"),
        needs=frozenset({ORDERS}),
        help=gettext_lazy("Less what went back. Who did not order in that currency has no average."),
    ),
    _edge("first-order", gettext_lazy("First order"), is_first=True),
    _edge("last-order", gettext_lazy("Last order"), is_first=False),
)  # fmt: skip
