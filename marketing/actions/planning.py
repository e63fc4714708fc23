"""Finding carts that were left behind, and deciding for each, with reasons, whether its owner is written to."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from marketing.actions import profiles
from marketing.models import Flow, Message
from marketing.rules import decision, verdict
from marketing.rules.carts import Case, address_of, check_all, deadline_of
from marketing.rules.person import Look, Whom
from orders.models import Cart, CartLine

BATCH = 200
PRIORITY = Message.Priority.CART


def plan(now: datetime) -> int:
    """Write one Message for each cart that is due, planned or skipped with its reason; returns how many.

    A second tick, or two at once, write nothing more. A cart past its deadline is left alone, so that a flow that was
    just switched on does not write to the carts of last year.
    """
    return sum(_plan_flow(flow.pk, now) for flow in Flow.objects.filter(status=Flow.Status.LIVE))


def key_of(flow: Flow, cart: Cart) -> str:
    return f"{flow.trigger}:{cart.pk}"


def _plan_flow(flow_id: int, now: datetime) -> int:
    written, after = 0, None
    while True:
        with transaction.atomic():
            # One planner or dispatcher at a time decides for a flow; that keeps the cool-down exact.
            flow = Flow.objects.select_for_update().get(pk=flow_id)
            if not flow.is_live:
                return written
            carts = list(_due(flow, now, after)[:BATCH])
            written += sum(_write(flow, cart, now) for cart in carts)
        if len(carts) < BATCH:
            return written
        after = carts[-1]


def _due(flow: Flow, now: datetime, after: Cart | None):
    """Open carts with something in them and an address, left alone long enough and not too long, in steady order."""
    carts = (
        Cart.objects.open()
        .of_shoppers()
        .filter(
            Exists(CartLine.objects.filter(cart=OuterRef("pk"))),
            ~Exists(Message.objects.filter(cart=OuterRef("pk"), flow=flow)),
            Q(customer__is_active=True) | Q(customer=None) & ~Q(email=""),
            active_at__lte=now - flow.delay,
            active_at__gte=now - flow.deadline,
        )
        .select_related("customer")
        .order_by("active_at", "pk")
    )
    if after:
        carts = carts.filter(Q(active_at__gt=after.active_at) | Q(active_at=after.active_at, pk__gt=after.pk))
    return carts


def _write(flow: Flow, cart: Cart, now: datetime) -> bool:
    address = address_of(cart)
    person = profiles.know(address, cart.customer, name=cart.name, language=cart.language)
    whom = Whom.of_person(person, Message.Channel.EMAIL, PRIORITY)
    checks = [*Look([whom], now).gate(whom), *check_all(Case(flow, cart, address, now))]
    final, later = verdict(checks)
    _message, created = Message.objects.get_or_create(
        key=key_of(flow, cart),
        defaults={
            "flow": flow,
            "priority": PRIORITY,
            "profile": person,
            "customer": cart.customer,
            "cart": cart,
            "address": address,
            "language": cart.language,
            "status": Message.Status.SKIPPED if final else Message.Status.PLANNED,
            "reason": final.rule.value if final else "",
            "decision": {"planned": decision(now, checks)},
            "planned_for": max(filter(None, [cart.active_at + flow.delay, later])),
            "deadline": deadline_of(flow, cart),
        },
    )
    return created
