"""Three flows in use: for carts, with what it did; a greeting for who subscribed; and for who has not come for long."""

from datetime import datetime, timedelta

from marketing.actions import flows, profiles, templates
from marketing.flows import recipes
from marketing.models import Enrolment, Flow, FlowVersion, Message, Template
from marketing.rules import Check, Rule, decision
from orders.models import Cart
from shop.demo.data import load
from shop.demo.trade.people import Person
from shop.newsletter import NEWS_WORDING

LIVE_FOR = timedelta(days=120)
WAITED, LATE = timedelta(hours=4), timedelta(hours=72)
READY_MADE = ("welcome", "winback")


def write_flows(now: datetime) -> Flow:
    """The flow for carts, with words of the shop's own; and two ready-made ones."""
    for code in READY_MADE:
        _switch_on(recipes.begin(recipes.RECIPES[code]), now)
    flow = recipes.begin(recipes.RECIPES["cart"])
    template = _letter(now)
    draft = dict(flow.draft)
    draft["steps"] = [{**draft["steps"][0], "template": str(template.pk)}, *draft["steps"][1:]]
    Flow.objects.filter(pk=flow.pk).update(draft=draft)
    _switch_on(flow, now)
    return flow


def _switch_on(flow: Flow, now: datetime) -> None:
    flow.refresh_from_db()
    flows.switch_on(flow, now - LIVE_FOR)


def _letter(now: datetime) -> Template:
    words = load("cart_reminder")
    kinds = [("heading", {"text": words["heading"]}), ("text", {"text": words["body"]}), ("cart", {})]
    content = {
        "head": {"subject": words["subject"], "preheader": words["preheader"]},
        "blocks": [{"id": f"b{n}", "kind": kind, "values": values} for n, (kind, values) in enumerate(kinds)],
    }
    template = Template.objects.create(name=recipes.LETTERS["cart"].label, draft=content)
    templates.publish(template, None, now - LIVE_FOR)
    return template


def remember_reminders(carts: list[Cart], customers: list[Person], now: datetime) -> None:
    """What the flow did about the older of these carts."""
    flow = write_flows(now)
    version, agreed = flow.newest, {person.email for person in customers if person.agreed}
    old = [cart for cart in carts if cart.email and now - cart.active_at >= LATE]
    ways = Enrolment.objects.bulk_create([_way(flow, version, cart) for cart in old])
    step = flow.newest.definition["steps"][0]["id"]
    subjects = load("cart_reminder")["subject"]
    Message.objects.bulk_create(
        _message(way, step, place, way.cart.email in agreed, subjects) for place, way in enumerate(ways)
    )


def _way(flow: Flow, version: FlowVersion, cart: Cart) -> Enrolment:
    person = profiles.know(cart.email, cart.customer, name=cart.name, language=cart.language)
    due = cart.active_at + WAITED
    return Enrolment(
        flow=flow, version=version, profile=person, key=f"cart:{cart.pk}", cart=cart, since=cart.active_at,
        entered_at=due, status=Enrolment.Status.COMPLETED, ended_at=due,
    )  # fmt: skip


def _message(way: Enrolment, step: str, place: int, sent: bool, subjects: dict[str, str]) -> Message:
    cart, due = way.cart, way.entered_at
    return Message(
        key=f"cart_abandoned:{cart.pk}", flow=way.flow, enrolment=way, step=step, priority=Message.Priority.CART,
        profile=way.profile, customer=cart.customer, cart=cart, address=cart.email, language=cart.language,
        planned_for=due, created_at=due, deadline=cart.active_at + LATE,
        subject=subjects[cart.language] if sent else "",
        status=Message.Status.HANDED_OVER if sent else Message.Status.SKIPPED,
        reason="" if sent else Rule.NO_CONSENT.value,
        handed_over_at=due if sent else None, claimed_at=due if sent else None,
        clicked_at=due + timedelta(hours=2) if sent and place % 4 == 0 else None,
        decision={"planned": decision(due, _looked_at(cart, sent))},
    )  # fmt: skip


def _looked_at(cart: Cart, agreed: bool) -> list[Check]:
    """The rules that mattered, with what they saw."""
    return [
        Check(Rule.BUSY, True, f"{cart.active_at:%Y-%m-%d %H:%M}"),
        Check(Rule.EMPTY, True, ""),
        Check(Rule.NO_CONSENT, agreed, str(NEWS_WORDING) if agreed else ""),
    ]
