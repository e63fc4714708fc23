"""When a reminder of a cart may go out. Each rule says what it saw, so that a person can read why, or why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from customers import consent
from marketing.models import Flow, Message
from orders.models import Cart, Order
from orders.queries.cart_lines import Kind, Line, lines_of

PAYMENT_PAUSE = timedelta(minutes=10)


class Rule(models.TextChoices):
    """The value is the reason of a message that was not sent; the label is read by staff."""

    PAUSED = "flow_paused", _("The flow is live")
    CLOSED = "cart_closed", _("The cart is still open")
    EMPTY = "cart_empty", _("Something is in the cart")
    BUSY = "cart_in_use", _("Nobody touched the cart for long enough")
    TOO_LATE = "too_late", _("It is not too late")
    NO_CONSENT = "no_consent", _("The person agreed to be written to")
    SUPPRESSED = "suppressed", _("The address is not suppressed")
    ORDERED = "ordered_since", _("The person placed no order since")
    PAYING = "payment_in_progress", _("No payment is in progress")
    SOLD_OUT = "sold_out", _("Something in the cart can still be bought")
    COOLING = "written_lately", _("The person was not written to lately")


@dataclass(frozen=True, slots=True)
class Check:
    """One rule and the value it saw. With `again_at` a rule that fails now may pass later."""

    rule: Rule
    passed: bool
    seen: str = ""
    again_at: datetime | None = None

    def as_json(self) -> dict:
        return {"rule": self.rule.value, "passed": self.passed, "seen": self.seen}


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
    """Every rule, in the order in which it is explained; none is left out when an earlier one fails."""
    return list(_checks(case))


def _checks(case: Case) -> Iterator[Check]:
    flow, cart, now = case.flow, case.cart, case.now
    yield Check(Rule.PAUSED, flow.is_live, flow.status, now + PAYMENT_PAUSE)
    yield Check(Rule.CLOSED, cart.is_open, cart.status)
    lines = lines_of(cart)
    yield Check(Rule.EMPTY, bool(lines), str(len(lines)))
    quiet_at = cart.active_at + flow.delay
    yield Check(Rule.BUSY, quiet_at <= now, _minute(cart.active_at), quiet_at)
    yield Check(Rule.TOO_LATE, now <= deadline_of(flow, cart), _minute(deadline_of(flow, cart)))
    yield from _gate(case)
    yield from _orders(case)
    left = buyable(lines)
    yield Check(Rule.SOLD_OUT, bool(left) or not lines, ", ".join(line.name for line in left)[:200])
    yield _cool_down(case)


def deadline_of(flow: Flow, cart: Cart) -> datetime:
    return cart.active_at + flow.deadline


def _gate(case: Case) -> Iterator[Check]:
    standing = consent.standing(case.address)
    said, bar = standing.consent, standing.suppression
    seen = f"{said.status}, {said.source}, {_minute(said.created_at)}" if said else ""
    yield Check(Rule.NO_CONSENT, said is not None and said.status == said.Status.GRANTED, seen)
    yield Check(Rule.SUPPRESSED, bar is None, f"{bar.reason}, {_minute(bar.created_at)}" if bar else "")


def _orders(case: Case) -> Iterator[Check]:
    cart = case.cart
    person = Q(cart=cart) | Q(email__iexact=case.address)
    if cart.customer_id:
        person |= Q(customer=cart.customer_id)
    orders = Order.objects.filter(person)
    placed = orders.filter(placed_at__gte=cart.active_at).order_by("placed_at").first()
    yield Check(Rule.ORDERED, placed is None, str(placed.number) if placed else "")
    pending = orders.filter(status=Order.Status.PENDING).order_by("pk").first()
    seen = _minute(pending.created_at) if pending else ""
    # Held, not dropped: when the payment comes, the rule above stops the message; when it does not, it goes out.
    yield Check(Rule.PAYING, pending is None, seen, case.now + PAYMENT_PAUSE)


def _cool_down(case: Case) -> Check:
    since = case.now - timedelta(days=case.flow.cooldown_days)
    written = [Message.Status.CLAIMED, Message.Status.HANDED_OVER, Message.Status.IN_DOUBT]
    lately = Q(status__in=written, at__gte=since)
    if case.message is None:
        # While planning, another message to the same person that has not left yet counts as well.
        lately |= Q(status=Message.Status.PLANNED)
    others = Message.objects.annotate(at=Coalesce("handed_over_at", "claimed_at")).filter(lately)
    others = others.filter(address=case.address).exclude(pk=case.message.pk if case.message else None)
    other = others.order_by("-pk").first()
    return Check(Rule.COOLING, other is None, _minute(other.at or other.planned_for) if other else "")


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
