"""What was in the orders, with which code, where they went and when they arrived."""

from datetime import timedelta

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Left
from django.db.models.lookups import Exact
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.moments import day
from marketing.models import Purchase
from marketing.segments.found import Found
from marketing.segments.kind import Around, Asked, Kind, declare
from marketing.segments.kinds.behaviour import is_about
from marketing.segments.kinds.orders import BOUGHT, placed
from marketing.segments.kinds.person import every_country
from marketing.segments.kinds.shared import is_often, often, times
from marketing.segments.params import Count, Goods, Pick, When, Words, bounds
from marketing.segments.params.goods import CATEGORY, path_of, products
from marketing.segments.params.words import spellings
from marketing.segments.people import ORDERS
from orders.models import OrderAddress, OrderLine, PromotionUse, Shipment
from orders.promotions.codes import key_of


def _with_goods(values, around: Around) -> QuerySet[Purchase]:
    lines = OrderLine.objects.order_by().filter(variant__isnull=False)
    if (meant := products(values["goods"])) is not None:
        lines = lines.filter(variant__product__in=meant.values("pk"))
    return placed(around, values["when"]).filter(order__in=lines.values("order"))


def _number_with_goods(values, asked: Asked) -> int:
    span, goods = bounds(values["when"], asked.now), values["goods"]
    path = path_of(goods["id"]) if goods["of"] == CATEGORY else ""
    return sum(
        span.holds(one.at) and any(is_about(goods, path, *told) for told in one.goods) for one in asked.person.orders
    )


def _with_code(values, around: Around) -> Found:
    uses = PromotionUse.objects.order_by().filter(code_key=key_of(values["code"]) or "!", released_at=None)
    return Found.among(placed(around, values["when"]).filter(order__in=uses.values("order")).values("profile"))


def _number_with_code(values, asked: Asked) -> int:
    span, key = bounds(values["when"], asked.now), key_of(values["code"]) or "!"
    return sum(span.holds(one.at) and key in one.codes for one in asked.person.orders)


def _days(values, now):
    """First day (or None) and the day after the last, in the time of the shop: parcels arrive on a day."""
    start, end = bounds(values["when"], now)
    return start and localdate(start), localdate(end - timedelta(microseconds=1)) + timedelta(days=1)


def _arrived(values, around: Around) -> Found:
    first, end = _days(values, around.now)
    parcels = Shipment.objects.order_by().filter(arrived_on__lt=end, **({"arrived_on__gte": first} if first else {}))
    return Found.among(placed(around).filter(order__in=parcels.values("order")).values("profile"))


def _arrivals(values, asked: Asked) -> list:
    first, end = _days(values, asked.now)
    arrived = [each for one in asked.person.orders for each in one.arrived]
    return sorted(each for each in arrived if each < end and (first is None or each >= first))


def _place(values, around: Around) -> Found:
    rows = OrderAddress.objects.order_by().filter(kind=OrderAddress.Kind.DELIVERY)
    if values["country"]:
        rows = rows.filter(country=values["country"])
    if values["postcode"]:
        length = len(values["postcode"])
        said = Q()
        for each in spellings(values["postcode"]):
            said |= Q(Exact(Left("postcode", length), Value(each)))
        rows = rows.filter(said)
    if values["city"]:
        rows = rows.filter(city__in=spellings(values["city"]))
    return Found.among(placed(around).filter(order__in=rows.values("order")).values("profile"))


def _places(values, asked: Asked) -> list[tuple[str, str, str]]:
    return [one.place for one in asked.person.orders if one.place[0]]


def _is_there(values, places) -> bool:
    code, city = spellings(values["postcode"]), spellings(values["city"])
    return any(
        (not values["country"] or country == values["country"])
        and (not values["postcode"] or postcode[: len(values["postcode"])] in code)
        and (not values["city"] or town in city)
        for country, postcode, town in places
    )


_WHEN = When("when", gettext_lazy("when"))

declare(
    Kind(
        "bought", BOUGHT, gettext_lazy("Bought goods"),
        (Goods("goods", gettext_lazy("Which goods")), Count("count", gettext_lazy("how often")), _WHEN),
        sql=lambda values, around: often(_with_goods(values, around), values["count"]),
        seen=_number_with_goods,
        holds=lambda values, number: is_often(values["count"], number),
        say=lambda values, number: times(number),
        needs=frozenset({ORDERS}),
        help=gettext_lazy("Counts orders, not pieces."),
    ),
    Kind(
        "code", BOUGHT, gettext_lazy("Used the code"), (Words("code", gettext_lazy("Code")), _WHEN),
        sql=_with_code,
        seen=_number_with_code,
        holds=lambda values, number: number > 0,
        say=lambda values, number: times(number),
        needs=frozenset({ORDERS}),
    ),
    Kind(
        "delivered", BOUGHT, gettext_lazy("A parcel arrived"), (_WHEN,),
        sql=_arrived,
        seen=_arrivals,
        holds=lambda values, days: bool(days),
        say=lambda values, days: day(days[-1]) if days else _("never"),
        needs=frozenset({ORDERS}),
    ),
    Kind(
        "place", BOUGHT, gettext_lazy("Delivered to"),
        (
            Pick("country", gettext_lazy("Country"), every_country, optional=True),
            Words("postcode", gettext_lazy("Postcode begins with"), optional=True),
            Words("city", gettext_lazy("Town"), optional=True),
        ),
        sql=_place,
        seen=_places,
        holds=_is_there,
        say=lambda values, places: ", ".join(" ".join(filter(None, place)) for place in places[-3:]) or "–",
        needs=frozenset({ORDERS}),
        help=gettext_lazy("The address of any order that was not called off. Empty: anywhere."),
    ),
)  # fmt: skip
