"""It is about goods: back or cheaper, delivered, or soon used up."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from statistics import median

from django.conf import settings
from django.core.cache import cache
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from catalog.models import PriceChange
from marketing.flows.fields import Field
from marketing.flows.triggers.base import ORDERED, RETURNED, SOLD_OUT, Occasion, Span, Trigger, declare
from marketing.models import Event, Message, Notice, Profile, Purchase
from orders.models import Order, OrderLine

HOURLY = timedelta(hours=1)
# From so many repeated purchases on the shop knows how long a product lasts.
ENOUGH_GAPS = 5
LOOKED_WITHIN = timedelta(days=30)


def _told(kind: str):
    """Whom a notice told that it is back, or cheaper. The notice itself was a letter that was asked for."""

    def find(values: Mapping, span: Span) -> Iterator[Occasion]:
        person = Profile.objects.filter(email=OuterRef("email")).values("pk")[:1]
        rows = Notice.objects.filter(kind=kind, status=Notice.Status.SENT, **span.lookups("sent_at"))
        rows = rows.annotate(person=Subquery(person)).filter(person__isnull=False).select_related("variant")
        for one in span.narrow(rows, "person").order_by("sent_at", "pk"):
            yield Occasion(
                one.person, f"notice:{one.pk}", one.sent_at, one.sent_at, one.variant.sku, None, one.variant.product_id
            )

    return find


def _cheaper(values: Mapping, span: Span) -> Iterator[Occasion]:
    """Who was told by a notice that it is cheaper; and who looked at it within thirty days before it fell so much."""
    yield from _told(Notice.Kind.PRICE)(values, span)
    rows = PriceChange.objects.filter(currency=settings.SHOP_CURRENCY, **span.lookups("at"))
    earlier = PriceChange.objects.filter(
        variant=OuterRef("variant"), currency=OuterRef("currency"), at__lt=OuterRef("at")
    )
    rows = rows.annotate(
        was=Subquery(earlier.order_by("-at").values("price")[:1]), product=F("variant__product")
    ).filter(was__isnull=False, price__lte=F("was") * (100 - values["percent"]) / 100, product__isnull=False)
    for pk, product, at, was, price in rows.order_by("at", "pk").values_list("pk", "product", "at", "was", "price"):
        looks = Event.objects.filter(
            type=Event.Type.VIEWED, product=product, profile__isnull=False, occurred_at__range=(at - LOOKED_WITHIN, at)
        )
        for profile in span.narrow(looks).order_by("profile").values_list("profile", flat=True).distinct():
            yield Occasion(profile, f"price:{pk}:{profile}", at, at, f"{was} → {price}", None, product)


def _delivered(values: Mapping, span: Span) -> Iterator[Occasion]:
    later = timedelta(days=values["days"])
    rows = Event.objects.filter(
        type=Event.Type.DELIVERED, order__isnull=False, profile__isnull=False, **span.lookups("occurred_at", later)
    )
    bought = OrderLine.objects.filter(order=OuterRef("order"), variant__isnull=False).order_by("-gross", "pk")
    rows = span.narrow(rows).annotate(bought=Subquery(bought.values("variant__product")[:1]))
    told = rows.order_by("occurred_at", "pk").values_list("profile", "order", "occurred_at", "bought")
    for profile, order, at, product in told:
        yield Occasion(profile, f"delivered:{order}", at + later, at, "", None, product, order)


def _again(values: Mapping, span: Span) -> Iterator[Occasion]:
    """When a product is used up: after the middle one of its gaps between purchases, or after so many days."""
    gaps = usual_gaps() if values["learn"] == "yes" else {}
    days = [values["days"], *gaps.values()]
    rows = Purchase.objects.filter(
        order__status=Order.Status.PLACED, order__placed_at__gt=span.since - timedelta(days=max(days)),
        order__placed_at__lte=span.until - timedelta(days=min(days)), order__lines__variant__isnull=False,
    )  # fmt: skip
    told = span.narrow(rows).values_list("profile", "order", "order__placed_at", "order__lines__variant__product")
    for profile, order, at, product in told.order_by("order__placed_at", "order").distinct():
        gap = timedelta(days=gaps.get(product, values["days"]))
        only_known = values["learn"] == "yes" and product not in gaps
        if not only_known and span.since < at + gap <= span.until:
            yield Occasion(profile, f"again:{order}:{product}", at + gap, at, f"{gap.days}", None, product, order)


def usual_gaps() -> dict[int, int]:
    """By product: the middle number of days after which it was bought again, where it often enough was."""
    return cache.get_or_set("flows.gaps", _usual_gaps, timeout=24 * 3600)


def _usual_gaps() -> dict[int, int]:
    rows = Purchase.objects.filter(order__status=Order.Status.PLACED, order__lines__variant__isnull=False)
    told = rows.order_by("profile", "order__lines__variant__product", "order__placed_at").values_list(
        "profile", "order__lines__variant__product", "order__placed_at"
    )
    gaps: dict[int, list[int]] = defaultdict(list)
    before = (None, None, None)
    for profile, product, at in told.iterator(2000):
        if before[:2] == (profile, product) and (at - before[2]).days > 0:
            gaps[product].append((at - before[2]).days)
        before = (profile, product, at)
    return {product: max(1, int(median(days))) for product, days in gaps.items() if len(days) >= ENOUGH_GAPS}


def _yes_no() -> list[tuple[str, str]]:
    return [("yes", str(_("yes, and nothing where it is not known"))), ("no", str(_("no, always the days above")))]


declare(
    Trigger(
        "back", _("Something waited for was back"), _told(Notice.Kind.STOCK), (), Message.Priority.STOCK,
        (ORDERED, SOLD_OUT), help=_("After the notice that was asked for: for those who have not bought it yet."),
    ),
    Trigger(
        "price", _("Something got cheaper"), _cheaper,
        (Field("percent", _("percent at least"), 10, least=1, most=90),), Message.Priority.PRICE, (ORDERED, SOLD_OUT),
        every=timedelta(minutes=15),
        help=_("Of what somebody looked at within 30 days, or waited for."),
    ),
    Trigger(
        "delivered", _("An order has arrived"), _delivered,
        (Field("days", _("so many days ago"), 7, least=0, most=180),), exits=(RETURNED,), every=timedelta(minutes=15),
        help=_("It is over when goods of the order come back or its money is given back."),
    ),
    Trigger(
        "again", _("Something bought is soon used up"), _again,
        (
            Field("days", _("days after the order"), 60, least=3, most=730),
            Field(
                "learn", _("instead, by the gaps at which it was bought again"), "yes", choices=_yes_no,
                help=_("The middle one, where at least five people bought it again."),
            ),
        ),
        every=HOURLY,
    ),
)  # fmt: skip
