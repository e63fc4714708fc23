"""When a reminder of a cart may go out: what holds for its cart and its orders."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce

from customers import consent
from marketing.models import Flow, Message
from marketing.rules.check import Check, Rule, minute
from orders.models import Cart, Order
from orders.queries.cart_lines import Kind, Line, lines_of

PAYMENT_PAUSE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Case:
    """A cart, whom it belongs to, and the flow that might write to him."""

    flow: Flow
    cart: Cart
    address: str
    now: datetime
    message: Message | None = None


def address_of(cart: Cart) -> str:
    """Where the owner of a cart can be reached; nothing for a guest who left no address."""
    if cart.customer_id:
        return consent.normal(cart.customer.email) if cart.customer.is_active else ""
    return consent.normal(cart.email)


def buyable(lines: list[Line]) -> list[Line]:
    """The lines of which at least one piece can be had."""
    return [line for line in lines if line.is_sold and not (line.problem and line.problem.kind == Kind.SOLD_OUT)]


def check_all(case: Case) -> list[Check]:
    """Every rule about the cart, in the order in which it is explained; none is left out when an earlier one fails."""
    return list(_checks(case))


def _checks(case: Case) -> Iterator[Check]:
    flow, cart, now = case.flow, case.cart, case.now
    yield Check(Rule.PAUSED, flow.is_live, flow.status, now + PAYMENT_PAUSE)
    yield Check(Rule.CLOSED, cart.is_open, cart.status)
    lines = lines_of(cart)
    yield Check(Rule.EMPTY, bool(lines), str(len(lines)))
    quiet_at = cart.active_at + flow.delay
    yield Check(Rule.BUSY, quiet_at <= now, minute(cart.active_at), quiet_at)
    yield Check(Rule.TOO_LATE, now <= deadline_of(flow, cart), minute(deadline_of(flow, cart)))
    yield from _orders(case)
    left = buyable(lines)
    yield Check(Rule.SOLD_OUT, bool(left) or not lines, ", ".join(line.name for line in left)[:200])
    yield _cool_down(case)


def deadline_of(flow: Flow, cart: Cart) -> datetime:
    return cart.active_at + flow.deadline


def _orders(case: Case) -> Iterator[Check]:
    cart = case.cart
    person = Q(cart=cart) | Q(email__iexact=case.address)
    if cart.customer_id:
        person |= Q(customer=cart.customer_id)
    orders = Order.objects.filter(person)
    placed = orders.filter(placed_at__gte=cart.active_at).order_by("placed_at").first()
    yield Check(Rule.ORDERED, placed is None, str(placed.number) if placed else "")
    pending = orders.filter(status=Order.Status.PENDING).order_by("pk").first()
    seen = minute(pending.created_at) if pending else ""
    # Held, not dropped: when the payment comes, the rule above stops the message; when it does not, it goes out.
    yield Check(Rule.PAYING, pending is None, seen, case.now + PAYMENT_PAUSE)


def _cool_down(case: Case) -> Check:
    since = case.now - timedelta(days=case.flow.cooldown_days)
    written = [Message.Status.SENDING, Message.Status.HANDED_OVER, Message.Status.IN_DOUBT]
    lately = Q(status__in=written, at__gte=since)
    if case.message is None:
        # While planning, another message to the same person that has not left yet counts as well.
        lately |= Q(status=Message.Status.PLANNED)
    others = Message.objects.annotate(at=Coalesce("handed_over_at", "claimed_at")).filter(lately)
    others = others.filter(address=case.address).exclude(pk=case.message.pk if case.message else None)
    other = others.order_by("-pk").first()
    return Check(Rule.COOLING, other is None, minute(other.at or other.planned_for) if other else "")
