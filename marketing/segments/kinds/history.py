"""What somebody bought in another system, before this shop: of that only day and sum are known."""

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy

from marketing.models import PastOrder
from marketing.segments.found import Found, none_of
from marketing.segments.kind import Around, Asked, Kind, declare
from marketing.segments.kinds.behaviour import is_worth
from marketing.segments.kinds.orders import BOUGHT
from marketing.segments.kinds.shared import is_often, money, often, times
from marketing.segments.params import Count, When, bounds
from marketing.segments.params import Sum as Amount
from marketing.segments.params.numbers import AT_LEAST
from marketing.segments.people import PAST


def _told(values, around: Around) -> QuerySet[PastOrder]:
    span = bounds(values["when"], around.now).lookups("placed_at")
    return around.narrow(PastOrder.objects.order_by().filter(**span))


def _seen(values, asked: Asked) -> list[tuple[int, str]]:
    span = bounds(values["when"], asked.now)
    return [(value, currency) for at, value, currency in asked.person.past if span.holds(at)]


def _spent(values, around: Around) -> Found:
    asked = values["sum"]
    rows = _told(values, around).filter(currency=asked["currency"])
    least = asked["amount"] if asked["compare"] == AT_LEAST else asked["amount"] + 1
    more = Found.among(rows.values("profile").annotate(worth=Sum("value")).filter(worth__gte=least).values("profile"))
    return more if asked["compare"] == AT_LEAST else none_of(more)


def _worth(values, asked: Asked) -> int:
    return sum(value for value, currency in _seen(values, asked) if currency == values["sum"]["currency"])


_WHEN, _HELP = When("when", gettext_lazy("when")), gettext_lazy("Taken over from another system.")

declare(
    Kind(
        "past-orders", BOUGHT, gettext_lazy("Ordered before this shop"),
        (Count("count", gettext_lazy("how often")), _WHEN),
        # A negative sum is money that went back, and no order.
        sql=lambda values, around: often(_told(values, around).filter(value__gte=0), values["count"]),
        seen=lambda values, asked: sum(value >= 0 for value, _currency in _seen(values, asked)),
        holds=lambda values, number: is_often(values["count"], number),
        say=lambda values, number: times(number),
        needs=frozenset({PAST}),
        help=_HELP,
    ),
    Kind(
        "past-spent", BOUGHT, gettext_lazy("Spent before this shop"), (Amount("sum", gettext_lazy("Sum")), _WHEN),
        sql=_spent,
        seen=_worth,
        holds=lambda values, amount: is_worth(values["sum"], amount),
        say=lambda values, amount: money(amount, values["sum"]["currency"]),
        needs=frozenset({PAST}),
        help=_HELP,
    ),
)  # fmt: skip
