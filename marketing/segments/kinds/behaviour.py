"""What somebody did in the shop: so often, for so much, with these goods, in that span of time."""

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_lazy

from catalog.models import Category
from marketing.models import Event
from marketing.segments.found import Found, none_of
from marketing.segments.kind import Around, Asked, Kind, declare
from marketing.segments.kinds.person import contains
from marketing.segments.kinds.shared import is_often, money, often, times
from marketing.segments.params import Count, Goods, Pick, When, Words, bounds
from marketing.segments.params import Sum as Amount
from marketing.segments.params.goods import BRAND, CATEGORY, PRODUCT, path_of, products
from marketing.segments.params.numbers import AT_LEAST
from marketing.segments.params.words import spellings
from marketing.segments.people import EVENTS, Seen

BEHAVIOUR = gettext_lazy("What the person did")


def _types() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Event.Type.choices]


def _rows(values, around: Around) -> QuerySet[Event]:
    span = bounds(values["when"], around.now).lookups("occurred_at")
    rows = Event.objects.filter(profile__isnull=False, type=values["type"], **span)
    if (meant := products(values["goods"])) is not None:
        rows = rows.filter(_about(values["goods"], meant))
    if values.get("words"):
        rows = rows.filter(contains("text", values["words"]))
    return around.narrow(rows)


def _about(goods: dict, meant: QuerySet) -> Q:
    if goods["of"] != CATEGORY:
        return Q(product__in=meant.values("pk"))
    # A look at a list is about its category; a product lies in its own.
    below = Category.objects.order_by().filter(path__startswith=path_of(goods["id"]))
    return Q(product__in=meant.values("pk")) | Q(product__isnull=True, category__in=below.values("pk"))


def _seen(values, asked: Asked) -> list[Seen]:
    span, goods = bounds(values["when"], asked.now), values["goods"]
    path = path_of(goods["id"]) if goods["of"] == CATEGORY else ""
    words = spellings(values["words"]) if values.get("words") else []
    return [
        one
        for one in asked.person.events
        if one.type == values["type"]
        and span.holds(one.at)
        and is_about(goods, path, one.product, one.brand, one.path)
        and (not words or any(word in one.text for word in words))
    ]


def is_about(goods: dict, path: str, product: int | None, brand: int | None, place: str) -> bool:
    """Whether a product, its brand and the path of its category are among those goods."""
    if goods["of"] == PRODUCT:
        return product == goods["id"]
    if goods["of"] == BRAND:
        return brand is not None and brand == goods["id"]
    return place.startswith(path) if goods["of"] == CATEGORY else True


def _worth(values, around: Around) -> Found:
    asked = values["sum"]
    rows = _rows(values, around).filter(currency=asked["currency"]).order_by().values("profile")
    least = asked["amount"] if asked["compare"] == AT_LEAST else asked["amount"] + 1
    more = Found.among(rows.annotate(worth=Sum("value")).filter(worth__gte=least).values("profile"))
    return more if asked["compare"] == AT_LEAST else none_of(more)


def is_worth(asked: dict, amount: int) -> bool:
    return amount >= asked["amount"] if asked["compare"] == AT_LEAST else amount <= asked["amount"]


_PARAMS = (
    Pick("type", gettext_lazy("What happened"), _types),
    Goods("goods", gettext_lazy("With which goods")),
    When("when", gettext_lazy("when")),
)

declare(
    Kind(
        "event", BEHAVIOUR, gettext_lazy("Did something"),
        (
            _PARAMS[0], Count("count", gettext_lazy("how often")), *_PARAMS[1:],
            Words("words", gettext_lazy("Words contain"), optional=True),
        ),
        sql=lambda values, around: often(_rows(values, around), values["count"]),
        seen=lambda values, asked: len(_seen(values, asked)),
        holds=lambda values, number: is_often(values["count"], number),
        say=lambda values, number: times(number),
        needs=frozenset({EVENTS}),
        help=gettext_lazy("Words: what was searched for, or which page was read. Empty: whatever it was."),
    ),
    Kind(
        "event-sum", BEHAVIOUR, gettext_lazy("Value of what was done"),
        (_PARAMS[0], Amount("sum", gettext_lazy("Sum")), *_PARAMS[1:]),
        sql=_worth,
        seen=lambda values, asked: sum(
            one.value for one in _seen(values, asked) if one.currency == values["sum"]["currency"]
        ),
        holds=lambda values, amount: is_worth(values["sum"], amount),
        say=lambda values, amount: money(amount, values["sum"]["currency"]),
        needs=frozenset({EVENTS}),
        help=gettext_lazy("Only what was done in that currency counts; currencies are never added up."),
    ),
)  # fmt: skip
