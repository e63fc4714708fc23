"""When a message of a flow may go out: what it is about must not be over. Read anew at every step and at the claim."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from catalog.queries.stock import available
from customers.consent import normal
from marketing.flows.definition import Definition
from marketing.flows.triggers import base
from marketing.models import Enrolment, Episode, Event, Profile
from marketing.rules.carts import address_of, buyable
from marketing.rules.check import Check, Rule, minute
from marketing.segments import evaluate, person_of
from orders.models import Cart, Order
from orders.queries.cart_lines import lines_of

PAYMENT_PAUSE = timedelta(minutes=10)
GONE_BACK = (Order.PaymentStatus.PARTLY_REFUNDED, Order.PaymentStatus.REFUNDED)


@dataclass(slots=True)
class Case:
    """Somebody on the way through a flow, at a moment. `enrolment` comes with profile, cart, order and flow."""

    enrolment: Enrolment
    definition: Definition
    now: datetime

    @property
    def cart(self) -> Cart | None:
        return self.enrolment.cart

    @property
    def since(self) -> datetime:
        """What came later may end it: the last touch of the cart, or what set the flow off."""
        return self.cart.active_at if self.cart else self.enrolment.since

    @property
    def idle(self) -> timedelta:
        return timedelta(minutes=self.definition.values.get("idle", 0))


def check_all(case: Case) -> list[Check]:
    """Every rule about the occasion, in the order in which it is explained."""
    enrolment = case.enrolment
    found = [Check(Rule.PAUSED, enrolment.flow.is_live, enrolment.flow.status, case.now + PAYMENT_PAUSE)]
    on_the_way = enrolment.status in (Enrolment.Status.WAITING, Enrolment.Status.COMPLETED)
    found.append(Check(Rule.LEFT_FLOW, on_the_way, enrolment.reason))
    return [*found, *of_occasion(case), *_own(case)]


def of_occasion(case: Case) -> Iterator[Check]:
    """What holds for everything that such a trigger sets off."""
    for name in case.definition.trigger.exits if case.definition.trigger else ():
        yield from CHECKS[name](case)


def why_out(case: Case) -> str:
    """The reason for which it is over; nothing while it is not. What only holds it up is no reason."""
    return next((one.rule.value for one in of_occasion(case) if not one.passed and one.again_at is None), "")


def has_done(enrolment: Enrolment, type: str) -> bool:
    """Whether an event of this type happened to the person since the flow was set off. Of orders the orders tell."""
    if type == Event.Type.ORDERED:
        return orders_of(enrolment).filter(placed_at__gt=enrolment.since).exists()
    return Event.objects.filter(profile=enrolment.profile_id, type=type, occurred_at__gt=enrolment.since).exists()


def orders_of(enrolment: Enrolment):
    """Everything that this person ordered or began to, whether his profile knows it yet or not."""
    profile, cart = enrolment.profile, enrolment.cart
    whose = Q(purchase__profile=profile.pk) | Q(email__iexact=profile.email)
    if profile.customer_id:
        whose |= Q(customer=profile.customer_id)
    if cart:
        whose |= Q(cart=cart.pk) | Q(email__iexact=normal(cart.email)) if cart.email else Q(cart=cart.pk)
    return Order.objects.filter(whose)


def _own(case: Case) -> Iterator[Check]:
    if case.definition.goal:
        reached = has_done(case.enrolment, case.definition.goal)
        yield Check(Rule.GOAL, not reached, case.definition.goal if reached else "")
    if rule := case.definition.let_out:
        person = person_of(rule, case.enrolment.profile_id, case.now)
        fits = person is not None and evaluate(rule, person, case.now)
        yield Check(Rule.OWN_EXIT, not fits)


def _cart(case: Case) -> Iterator[Check]:
    cart = case.cart
    if cart is None:
        # Of a cart that is gone there is nothing to remind of; a look around had none.
        yield Check(Rule.CLOSED, False)
        return
    yield Check(Rule.CLOSED, cart.is_open, cart.status)
    lines = lines_of(cart)
    yield Check(Rule.EMPTY, bool(lines), str(len(lines)))
    quiet_at = cart.active_at + case.idle
    yield Check(Rule.BUSY, quiet_at <= case.now, minute(cart.active_at), quiet_at)
    left = buyable(lines)
    yield Check(Rule.SOLD_OUT, bool(left) or not lines, ", ".join(line.name for line in left)[:200])


def _ordered(case: Case) -> Iterator[Check]:
    orders = orders_of(case.enrolment)
    placed = orders.filter(placed_at__gte=case.since).order_by("placed_at").first()
    yield Check(Rule.ORDERED, placed is None, str(placed.number) if placed else "")
    pending = orders.filter(status=Order.Status.PENDING).order_by("pk").first()
    seen = minute(pending.created_at) if pending else ""
    # Held, not dropped: when the payment comes, the rule above stops the message; when it does not, it goes out.
    yield Check(Rule.PAYING, pending is None, seen, case.now + PAYMENT_PAUSE)


def _further(case: Case) -> Iterator[Check]:
    """Of one shopping episode only the flow of the deepest step writes."""
    enrolment = case.enrolment
    later = Enrolment.objects.filter(
        profile=enrolment.profile_id, since__gte=enrolment.since, pk__gt=enrolment.pk,
        version__definition__trigger__kind__in=DEEPER.get(case.definition.trigger.code, ()),
    ).exclude(flow=enrolment.flow_id).exclude(status=Enrolment.Status.TURNED_AWAY)  # fmt: skip
    seen = later.values_list("flow__name", flat=True).first() or ""
    if not seen and case.definition.trigger.code == "browse":
        deep = Episode.objects.filter(
            profile=enrolment.profile_id, step__gte=Episode.Step.CART, active_at__gt=enrolment.since
        )
        seen = str(deep[0].get_step_display()) if deep else ""
    yield Check(Rule.FURTHER, not seen, seen)


DEEPER = {"browse": ("cart", "checkout"), "cart": ("checkout",)}


def _returned(case: Case) -> Iterator[Check]:
    order = case.enrolment.order
    seen = f"{order.status}, {order.payment_status}" if order else ""
    is_kept = order is not None and order.status == Order.Status.PLACED and order.payment_status not in GONE_BACK
    yield Check(Rule.RETURNED, is_kept, seen)


def _sold_out(case: Case) -> Iterator[Check]:
    product = case.enrolment.product
    if product is None:
        yield Check(Rule.GOODS_GONE, False)
        return
    sold = product.variants.for_sale().values_list("pk", flat=True)
    free = available(list(sold))
    can_be_had = any(number is None or number > 0 for number in (free.get(pk, 0) for pk in sold))
    yield Check(Rule.GOODS_GONE, can_be_had, product.name)


def _stage(case: Case) -> Iterator[Check]:
    stage = Profile.objects.filter(pk=case.enrolment.profile_id).values_list("stage", flat=True).first()
    yield Check(Rule.STAGE, stage == case.definition.values.get("stage"), stage or "")


CHECKS: dict[str, Callable[[Case], Iterator[Check]]] = {
    base.CART: _cart,
    base.ORDERED: _ordered,
    base.FURTHER: _further,
    base.RETURNED: _returned,
    base.SOLD_OUT: _sold_out,
    base.STAGE_LEFT: _stage,
}


def address_for(enrolment: Enrolment) -> str:
    """Where a letter to this person goes: of a cart, to its owner."""
    return (address_of(enrolment.cart) if enrolment.cart else "") or normal(enrolment.profile.email)
