"""The world of a flow as it was: what was known of a person at a moment of the past. Memory for a few people."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from customers.models import Consent, Suppression
from marketing.flows.definition import Definition
from marketing.flows.triggers import Occasion, base
from marketing.flows.triggers.left import is_live
from marketing.models import Event, Profile, Purchase
from marketing.rules.check import Rule
from marketing.rules.quiet import zone_of
from marketing.segments import Group, evaluate
from marketing.segments.people import Person, people_of
from orders.models import Order

Type = Event.Type
DEEPER = {"browse": (Type.ADDED, Type.CHECKOUT, Type.CHECKOUT_STEP), "cart": (Type.CHECKOUT, Type.CHECKOUT_STEP)}
GONE_BACK = (Type.REFUNDED, Type.CANCELLED)


@dataclass(slots=True)
class Past:
    """What is known of one person, each list in the order of time."""

    person: Person
    orders: list[datetime] = field(default_factory=list)
    # Total in minor units and currency, beside `orders`.
    worth: list[tuple[int, str]] = field(default_factory=list)
    events: dict[str, list[tuple[datetime, str, int | None]]] = field(default_factory=lambda: defaultdict(list))
    said: dict[str, list[tuple[datetime, str]]] = field(default_factory=lambda: defaultdict(list))
    barred_at: datetime | None = None

    def had_ordered(self, since: datetime, now: datetime) -> bool:
        return bisect_right(self.orders, now) > bisect_right(self.orders, since)

    def agreed(self, channel: str, now: datetime) -> bool:
        """Whether a message by this channel was welcome then."""
        if channel == Consent.Channel.EMAIL and self.barred_at and self.barred_at <= now:
            return False
        told = [status for at, status in self.said[channel] if at <= now]
        return bool(told) and told[-1] == Consent.Status.GRANTED

    def as_of(self, now: datetime) -> Person:
        """The person as he was known then: orders, consent and stage; scores and money are those of today."""
        count = bisect_right(self.orders, now)
        profile = copy(self.person.profile)
        profile.orders_count = count
        profile.first_order_at, profile.last_order_at = (
            (self.orders[0], self.orders[count - 1]) if count else (None, None)
        )
        moves = self.events.get(Type.STAGE, [])
        known = [text.partition(">")[2] for at, text, _order in moves if at <= now]
        before = moves[0][1].partition(">")[0] if moves else profile.stage
        profile.stage = (known[-1] if known else before) or profile.stage
        consents = {}
        for channel, told in self.said.items():
            if then := [status for at, status in told if at <= now]:
                consents[channel] = then[-1]
        orders = [one for one in self.person.orders if one.at <= now]
        return replace(self.person, profile=profile, orders=orders, consents=consents)


@dataclass(slots=True)
class PastWorld:
    """Of one occasion of the past: what `live.LiveWorld` is today."""

    occasion: Occasion
    definition: Definition
    past: Past
    salt: str

    @property
    def profile_id(self) -> int:
        return self.past.person.profile.pk

    @property
    def zone(self) -> tzinfo:
        profile = self.past.person.profile
        return zone_of(profile.time_zone, profile.country)

    def why_out(self, now: datetime) -> str:
        for name in self.definition.trigger.exits:
            if rule := WHY[name](self, now):
                return rule.value
        return ""

    def has_done(self, type: str, now: datetime) -> bool:
        if type == Type.ORDERED:
            return self.past.had_ordered(self.occasion.since, now)
        return any(self.occasion.since < at <= now for at, _text, _order in self.past.events.get(type, ()))

    def fits(self, rule: Group, now: datetime) -> bool:
        return evaluate(rule, self.past.as_of(now), now)

    def held_until(self, now: datetime) -> datetime | None:
        return None


def _ordered(world: PastWorld, now: datetime) -> Rule | None:
    return Rule.ORDERED if world.past.had_ordered(world.occasion.since, now) else None


def _further(world: PastWorld, now: datetime) -> Rule | None:
    kind = world.definition.trigger.code
    return Rule.FURTHER if any(world.has_done(type, now) for type in DEEPER.get(kind, ())) else None


def _returned(world: PastWorld, now: datetime) -> Rule | None:
    told = (row for type in GONE_BACK for row in world.past.events.get(type, ()))
    back = any(order == world.occasion.order_id and at <= now for at, _text, order in told)
    return Rule.RETURNED if back else None


def _stage(world: PastWorld, now: datetime) -> Rule | None:
    return Rule.STAGE if world.has_done(Type.STAGE, now) else None


def _unknown(world: PastWorld, now: datetime) -> None:
    """What lay in a cart or on the shelf then is not kept: nobody is left out for it."""


WHY = {
    base.ORDERED: _ordered, base.CART: _unknown, base.FURTHER: _further, base.RETURNED: _returned,
    base.SOLD_OUT: _unknown, base.STAGE_LEFT: _stage,
}  # fmt: skip


def types_of(definition: Definition) -> set[str]:
    """Which events the worlds of this flow ask for."""
    kind, exits = definition.trigger.code, definition.trigger.exits
    wanted = {definition.goal} - {"", Type.ORDERED}
    if base.FURTHER in exits and (kind != "cart" or is_live("checkout")):
        wanted |= set(DEEPER.get(kind, ()))
    wanted |= set(GONE_BACK) if base.RETURNED in exits else set()
    return wanted | ({Type.STAGE} if base.STAGE_LEFT in exits or definition.needs or definition.let_in else set())


def pasts_of(ids: Iterable[int], definition: Definition, types: set[str], until: datetime) -> dict[int, Past]:
    """All that is known of these people up to that moment, in a fixed number of queries."""
    found = {pk: Past(person) for pk, person in people_of(ids, definition.needs, until).items()}
    if not found:
        return found
    placed = Purchase.objects.filter(profile__in=found, order__status=Order.Status.PLACED, order__placed_at__lte=until)
    told = placed.order_by("order__placed_at").values_list(
        "profile", "order__placed_at", "order__total", "order__currency"
    )
    for pk, at, total, currency in told:
        found[pk].orders.append(at)
        found[pk].worth.append((total, currency))
    if types:
        rows = Event.objects.filter(profile__in=found, type__in=types, occurred_at__lte=until).order_by("occurred_at")
        for pk, type, at, text, order in rows.values_list("profile", "type", "occurred_at", "text", "order"):
            found[pk].events[type].append((at, text, order))
    whose = {past.person.profile.email: past for past in found.values()}
    said = Consent.objects.filter(email__in=list(whose), purpose=Consent.Purpose.MARKETING).order_by("pk")
    for email, channel, status, at in said.values_list("email", "channel", "status", "created_at"):
        whose[email].said[channel].append((at, status))
    for email, at in Suppression.objects.filter(email__in=list(whose)).values_list("email", "created_at"):
        whose[email].barred_at = at
    return found


def emails(ids: Iterable[int]) -> dict[int, str]:
    return dict(Profile.objects.filter(pk__in=list(ids)).values_list("pk", "email"))
