"""Somebody left: a checkout, a cart, or after a look around. Of the deepest step only the flow runs."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from marketing.flows.fields import Field
from marketing.flows.triggers.base import CART, FURTHER, ORDERED, Occasion, Span, Trigger, declare
from marketing.flows.triggers.past import left_before
from marketing.models import Episode, Event, Flow, FlowVersion, Message, Profile
from orders.models import Cart, CartLine

STEPS = {"checkout": Episode.Step.CHECKOUT, "cart": Episode.Step.CART, "browse": Episode.Step.BROWSE}


def is_live(kind: str) -> bool:
    """Whether a live flow is set off by this kind of trigger."""
    newest = FlowVersion.objects.filter(flow=OuterRef("flow")).order_by("-number").values("pk")[:1]
    live = FlowVersion.objects.filter(flow__status=Flow.Status.LIVE, pk=Subquery(newest))
    return live.filter(definition__trigger__kind=kind).exists()


def left_carts() -> QuerySet[Cart]:
    """Open carts of shoppers with something in them whose owner can be written to."""
    filled = Exists(CartLine.objects.filter(cart=OuterRef("pk")))
    reachable = Q(customer__is_active=True) | Q(customer=None) & ~Q(email="")
    return Cart.objects.open().of_shoppers().filter(filled, reachable).select_related("customer")


def at_checkout() -> Q:
    """Who typed an address into a cart was at the checkout; of customers the episode tells."""
    deep = Episode.objects.filter(
        profile__customer=OuterRef("customer"), step=Episode.Step.CHECKOUT, ended_at=None,
        active_at__gte=OuterRef("active_at") - timedelta(hours=1),
    )  # fmt: skip
    return Q(customer=None) | Q(Exists(deep))


def _carts(kind: str):
    def find(values: Mapping, span: Span) -> Iterator[Occasion]:
        idle, late = timedelta(minutes=values["idle"]), timedelta(hours=values["late"])
        carts = left_carts().filter(active_at__lte=span.until - idle, active_at__gte=span.until - late)
        if kind == "checkout":
            carts = carts.filter(at_checkout())
        elif is_live("checkout"):
            carts = carts.exclude(at_checkout())
        if span.among is not None:
            mine = Q(customer__profile__in=span.among)
            emails = list(Profile.objects.filter(pk__in=span.among).values_list("email", flat=True))
            carts = carts.filter(mine | Q(customer=None, email__in=emails))
        for cart in carts.order_by("active_at", "pk").iterator(500):
            yield Occasion(None, f"cart:{cart.pk}", cart.active_at + idle, cart.active_at, cart=cart)

    return find


def _browse(values: Mapping, span: Span) -> Iterator[Occasion]:
    idle, late = timedelta(minutes=values["idle"]), timedelta(hours=values["late"])
    rows = Episode.objects.filter(step=Episode.Step.BROWSE, ended_at=None, profile__isnull=False)
    rows = rows.filter(active_at__lte=span.until - idle, active_at__gte=span.until - late)
    looks = Event.objects.filter(
        profile=OuterRef("profile"), type=Event.Type.VIEWED, occurred_at__gte=OuterRef("started_at")
    )
    rows = span.narrow(rows).annotate(product=looks.order_by("-occurred_at").values("product")[:1])
    for pk, profile, at, product in rows.order_by("pk").values_list("pk", "profile", "active_at", "product"):
        yield Occasion(profile, f"episode:{pk}", at + idle, at, product_id=product)


def _fields(idle: int) -> tuple[Field, ...]:
    told = _("Counted from the last thing the shopper did.")
    late = _("What was left longer ago is let be: nobody is reminded of last year when the flow is switched on.")
    return (
        Field("idle", _("minutes without a sign of the shopper"), idle, told, least=15, most=10_080),
        Field("late", _("not if it is longer ago than hours"), 72, late, least=1, most=720),
    )


_NOT_BOUGHT = (CART, ORDERED, FURTHER)

declare(
    Trigger(
        "checkout", _("A checkout was left behind"), _carts("checkout"), _fields(60), Message.Priority.CHECKOUT,
        _NOT_BOUGHT, past=left_before("checkout"),
        help=_("Whose deepest step was the checkout. While such a flow is live, the one for carts leaves them alone."),
    ),
    Trigger(
        "cart", _("A cart was left behind"), _carts("cart"), _fields(240), Message.Priority.CART, _NOT_BOUGHT,
        past=left_before("cart"),
        help=_("Whose deepest step was the cart; those at the checkout, too, while no flow for checkouts is live."),
    ),
    Trigger(
        "browse", _("Somebody looked around and left"), _browse, _fields(1440), Message.Priority.BROWSE,
        (ORDERED, FURTHER), past=left_before("browse"), help=_("Whose deepest step was a look at goods or lists."),
    ),
)  # fmt: skip
