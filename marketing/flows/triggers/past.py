"""Who left, and when, as the log of events and the carts of then tell it: the rows of today have moved on."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from marketing.flows.triggers.base import Occasion, Span
from marketing.models import Episode, Event, Profile, Purchase
from orders.models import Cart, CartLine

Step, Type = Episode.Step, Event.Type
LEADS_TO = {
    Type.VIEWED: Step.BROWSE, Type.BROWSED: Step.BROWSE, Type.SEARCHED: Step.BROWSE, Type.FILTERED: Step.BROWSE,
    Type.ADDED: Step.CART, Type.CHECKOUT: Step.CHECKOUT, Type.CHECKOUT_STEP: Step.CHECKOUT,
}  # fmt: skip
LEVELS = {"browse": Step.BROWSE, "cart": Step.CART, "checkout": Step.CHECKOUT}
SILENCE = timedelta(days=30)
PEOPLE = 2000
# What somebody did: when, how deep it led, with which product.
Deed = tuple[datetime, int, int | None]


def left_before(kind: str):
    """The occasions of a span of the past for a trigger of `left`."""

    def find(values: Mapping, span: Span) -> Iterator[Occasion]:
        idle = timedelta(minutes=values["idle"])
        for profile, deeds in deeds_of(span):
            yield from left(profile, deeds, LEVELS[kind], idle, span)

    return find


def left(profile: int, deeds: list[Deed], level: int, idle: timedelta, span: Span) -> Iterator[Occasion]:
    """The moments at which `idle` had passed since his last deed, once in an episode, with this as its deepest step."""
    deepest, is_told, product = 0, False, None
    for place, (at, step, what) in enumerate(deeds):
        after = deeds[place + 1][0] if place + 1 < len(deeds) else None
        if step == Step.ORDERED:
            deepest, is_told, product = 0, False, None
            continue
        if place and at - deeds[place - 1][0] > SILENCE:
            deepest, is_told, product = 0, False, None
        if step > deepest:
            deepest, is_told = step, False
        product = what or product
        is_left = after is None or after > at + idle
        if is_left and not is_told and deepest == level and span.since < at + idle <= span.until:
            is_told = True
            yield Occasion(profile, f"left:{profile}:{at.isoformat()}", at + idle, at, product_id=product)


def deeds_of(span: Span) -> Iterator[tuple[int, list[Deed]]]:
    """What each known person did from a month before the span on, in the order of time; memory for a few people."""
    window = {"occurred_at__gt": span.since - SILENCE, "occurred_at__lte": span.until}
    people = span.narrow(Profile.objects.order_by("pk"), "pk").values_list("pk", flat=True)
    last = 0
    while batch := list(people.filter(pk__gt=last)[:PEOPLE]):
        last = batch[-1]
        rows = Event.objects.filter(profile__gte=batch[0], profile__lte=last, type__in=list(LEADS_TO), **window)
        deeds = [
            (profile, (at, LEADS_TO[type], product))
            for profile, type, at, product in rows.order_by().values_list("profile", "type", "occurred_at", "product")
        ]
        deeds += [*_orders(batch[0], last, span), *_carts(batch, span)]
        deeds.sort(key=lambda row: (row[0], row[1][0], row[1][1]))
        for profile, mine in groupby(deeds, itemgetter(0)):
            yield profile, [deed for _profile, deed in mine]


def _orders(first: int, last: int, span: Span) -> list[tuple[int, Deed]]:
    window = {"order__placed_at__gt": span.since - SILENCE, "order__placed_at__lte": span.until}
    rows = Purchase.objects.filter(profile__gte=first, profile__lte=last, **window)
    return [(profile, (at, Step.ORDERED, None)) for profile, at in rows.values_list("profile", "order__placed_at")]


def _carts(batch: list[int], span: Span) -> list[tuple[int, Deed]]:
    """Carts of those who did not agree to be recognised: only their last touch is known."""
    people = Profile.objects.filter(pk__in=batch).order_by()
    by_customer = dict(people.exclude(customer=None).values_list("customer", "pk"))
    by_email = dict(people.values_list("email", "pk"))
    filled = Exists(CartLine.objects.filter(cart=OuterRef("pk")))
    carts = Cart.objects.of_shoppers().exclude(status=Cart.Status.MERGED).filter(filled)
    carts = carts.filter(Q(customer__in=list(by_customer)) | Q(customer=None, email__in=list(by_email)))
    carts = carts.annotate(at=Coalesce("ordered_at", "active_at")).filter(
        active_at__gt=span.since - SILENCE, active_at__lte=span.until
    )
    found = []
    for customer, email, at in carts.order_by().values_list("customer", "email", "active_at"):
        profile = by_customer.get(customer) or by_email.get(email)
        if profile:
            found.append((profile, (at, Step.CART if customer else Step.CHECKOUT, None)))
    return found
