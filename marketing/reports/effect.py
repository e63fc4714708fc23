"""What the people did who were written to, beside those who were held back or got the other letter.

Everybody counts who was to be written to, whether or not his message left in the end: who could not be reached is
among those held back as well. Orders of the fourteen days after somebody's turn count; money as in `credits`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db.models import Min, Q, QuerySet

from marketing.flows.definition import Definition
from marketing.models import Broadcast, Enrolment, Flow, Message, Purchase
from marketing.reports.credits import money_of
from marketing.reports.lift import Group, Interval, days_needed, lift_of_money, lift_of_rate
from marketing.rules import Rule
from orders.models import Order

HORIZON = timedelta(days=14)
AT_ONCE = 1000
HELD = "held"
YEAR = 365
# Decided before it was known who is held back: these were never to be written to.
NEVER = (Rule.NO_CONSENT, Rule.SUPPRESSED, Rule.NO_ADDRESS, Rule.STOCK_CAP)


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody's first turn: when, and in which arm (`HELD`, or the variant that he got)."""

    profile_id: int
    at: datetime
    arm: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """Two groups side by side. `days` says how long it would take to see a fifth more buyers, where that is known."""

    one: Group
    other: Group
    rate: Interval | None
    money: Interval | None
    days: int | None

    @property
    def is_measurable(self) -> bool:
        """Whether a year is enough, or it is seen already."""
        return bool(self.rate and self.rate.is_clear) or (self.days is not None and self.days <= YEAR)


def groups_of(turns: Iterable[Turn]) -> dict[str, Group]:
    """By arm: people, buyers and what they brought. Two queries for a thousand people."""
    sums: dict[str, list[int]] = {}
    for part in _in_parts(turns):
        brought = _brought(part)
        for turn in part:
            told = sums.setdefault(turn.arm, [0, 0, 0, 0])
            orders, money = brought.get(turn.profile_id, (0, 0))
            for place, number in enumerate((1, int(orders > 0), money, money * money)):
                told[place] += number
    return {arm: Group(*numbers) for arm, numbers in sums.items()}


def _in_parts(turns: Iterable[Turn]) -> Iterator[list[Turn]]:
    turns = iter(turns)
    while part := list(islice(turns, AT_ONCE)):
        yield part


def _brought(turns: list[Turn]) -> dict[int, tuple[int, int]]:
    """Number of orders within the horizon, and their turnover, by person."""
    since = {turn.profile_id: turn.at for turn in turns}
    rows = Purchase.objects.filter(
        profile__in=since,
        order__status=Order.Status.PLACED,
        order__currency=settings.SHOP_CURRENCY,
        order__placed_at__gte=min(since.values()),
        order__placed_at__lt=max(since.values()) + HORIZON,
    )
    found = [
        (order, person)
        for order, person, at in rows.order_by().values_list("order_id", "profile_id", "order__placed_at")
        if since[person] <= at < since[person] + HORIZON
    ]
    money = money_of([order for order, _person in found])
    brought: dict[int, tuple[int, int]] = {}
    for order, person in found:
        orders, sum_ = brought.get(person, (0, 0))
        brought[person] = orders + 1, sum_ + money.get(order, (0, 0, 0))[0]
    return brought


def compare(one: Group, other: Group, days: float) -> Effect:
    """`days` is how long these people have been coming."""
    people = one.people + other.people
    base = (one.buyers + other.buyers) / people if people else 0.0
    share = other.people / people if people else 0.0
    needed = days_needed(base, share, people / max(days, 1.0)) if people else None
    return Effect(one, other, lift_of_rate(one, other), lift_of_money(one, other), needed)


def of_messages(messages: QuerySet[Message]) -> Iterator[Turn]:
    """The first turn of everybody in these messages of broadcasts."""
    meant = messages.exclude(profile=None).exclude(Q(status=Message.Status.SKIPPED, reason__in=NEVER))
    held = meant.filter(reason=Rule.HELD_OUT)
    for rows, arm in ((meant.exclude(reason=Rule.HELD_OUT), None), (held, HELD)):
        first = rows.order_by().values_list("profile_id", "arm").annotate(at=Min("planned_for"))
        for profile_id, variant, at in first.iterator(2000):
            yield Turn(profile_id, at, arm or variant)


def of_broadcast(broadcast: Broadcast) -> Iterator[Turn]:
    return of_messages(broadcast.messages.all())


def of_flow(flow: Flow) -> Iterator[Turn]:
    """The first way of everybody through a flow; who was not let in had no turn."""
    tests = _tests(flow)
    ways = flow.enrolments.exclude(status=Enrolment.Status.TURNED_AWAY).order_by("profile_id", "entered_at", "pk")
    seen = None
    for profile_id, at, status, arms in ways.values_list("profile_id", "entered_at", "status", "arms").iterator(2000):
        if profile_id != seen:
            yield Turn(profile_id, at, HELD if status == Enrolment.Status.HELD_OUT else _variant(arms, tests))
        seen = profile_id


def _tests(flow: Flow) -> set[str]:
    """The steps that compare variants, in any version."""
    definitions = (Definition.read(content) for content in flow.versions.values_list("definition", flat=True))
    return {step.id for definition in definitions for step in definition.walk() if step.kind.code == "test"}


def _variant(arms: dict[str, str], tests: set[str]) -> str:
    """Of the last comparison that somebody came to; nothing before the first one."""
    return next((arm for step, arm in reversed(arms.items()) if step in tests), "")
