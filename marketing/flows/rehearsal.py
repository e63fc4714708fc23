"""A flow over days of the past: the machine that runs it live, with the clock of then. Nothing is written or sent."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from django.utils.timezone import get_default_timezone

from marketing.actions.enrolling import CONDITIONS, LATELY
from marketing.experiments import is_held_out
from marketing.flows.coupons import Offer, cost_of, offers_of
from marketing.flows.definition import Definition
from marketing.flows.machine import State, advance
from marketing.flows.past import Past, PastWorld, emails, pasts_of, types_of
from marketing.flows.triggers import Occasion, Span
from marketing.models import Message
from marketing.rules.check import Rule

BATCH = 1000
SHOWN = 25
CREDIT = timedelta(days=5)
Say = Callable[[int], None]


@dataclass
class Told:
    """What is counted. `days` are days of the shop with the messages that would have gone out."""

    occasions: int = 0
    entered: int = 0
    held_out: int = 0
    completed: int = 0
    on_the_way: int = 0
    turned_away: Counter = field(default_factory=Counter)
    left: Counter = field(default_factory=Counter)
    steps: Counter = field(default_factory=Counter)
    arms: Counter = field(default_factory=Counter)
    unwelcome: Counter = field(default_factory=Counter)
    days: Counter = field(default_factory=Counter)
    entered_days: Counter = field(default_factory=Counter)
    # People who had ordered before a message reached them, and those who ordered within five days after one.
    bought_before: int = 0
    bought_after: int = 0
    revenue: Counter = field(default_factory=Counter)
    coupons: int = 0
    coupon_cost: Counter = field(default_factory=Counter)
    overlap: Counter = field(default_factory=Counter)
    most_for_one: int = 0
    sample: list = field(default_factory=list)


def rehearse(definition: Definition, flow_id: int, holdout: int, span: Span, say: Say = lambda done: None) -> dict:
    """Run it over the span; the result is plain data. `say` is told how many occasions were looked at."""
    told, salt = Told(), f"flow:{flow_id}"
    types, offers = types_of(definition), offers_of(definition)
    entered_at: dict[int, datetime] = {}
    of_person: Counter = Counter()
    find = definition.trigger.past or definition.trigger.find
    rest = iter(find(definition.values, span))
    while batch := list(islice(rest, BATCH)):
        pasts = pasts_of({one.profile_id for one in batch}, definition, types, span.until)
        wrote: dict[int, list[datetime]] = defaultdict(list)
        for one in batch:
            past = pasts.get(one.profile_id)
            if past is None:
                continue
            told.occasions += 1
            if _lets_in(definition, past, one, entered_at, told):
                _run(definition, past, one, salt, holdout, span, told, wrote, offers)
        of_person.update({pk: len(times) for pk, times in wrote.items()})
        _overlap(flow_id, wrote, told)
        say(told.occasions)
    told.most_for_one = max(of_person.values(), default=0)
    return _as_json(told, len(of_person))


def _lets_in(definition: Definition, past: Past, one: Occasion, entered_at: dict, told: Told) -> bool:
    last = entered_at.get(one.profile_id)
    if definition.reentry and last and one.at - last < timedelta(days=definition.reentry):
        told.turned_away[LATELY] += 1
        return False
    world = PastWorld(one, definition, past, "")
    if definition.let_in and not world.fits(definition.let_in, one.at):
        told.turned_away[CONDITIONS] += 1
        return False
    entered_at[one.profile_id] = one.at
    return True


def _run(definition, past: Past, one: Occasion, salt, holdout, span: Span, told: Told, wrote, offers: dict[str, Offer]):
    """One person's way, step by step, each at the moment at which it is due."""
    if is_held_out(salt, one.profile_id, holdout):
        told.held_out += 1
        return
    told.entered += 1
    told.entered_days[_day(one.at)] += 1
    world, state, sent = PastWorld(one, definition, past, salt), State(definition.first, one.at), []
    while state.due_at is not None and state.due_at <= span.until:
        state, letters = advance(definition, state, world, state.due_at)
        for letter in letters:
            if not past.agreed(letter.step.values["channel"], letter.at):
                told.unwelcome[letter.step.id] += 1
                continue
            sent.append((letter.at, letter.step.id))
    for step, way in state.arms.items():
        told.arms[f"{step}/{way}"] += 1
    _count(past, one, state, sent, told, offers)
    wrote[one.profile_id] += [at for at, _step in sent]


def _count(past: Past, one: Occasion, state: State, sent: list, told: Told, offers: dict[str, Offer]) -> None:
    if state.due_at is not None:
        told.on_the_way += 1
    elif state.status == "completed":
        told.completed += 1
    else:
        told.left[state.reason] += 1
    is_buyer = state.reason == Rule.ORDERED.value or state.reason == Rule.GOAL.value
    told.bought_before += bool(is_buyer and not sent)
    for at, step in sent:
        told.steps[step] += 1
        told.days[_day(at)] += 1
    bought = set()
    for at, step in sent:
        for place, order_at in enumerate(past.orders):
            if at < order_at <= at + CREDIT and place not in bought:
                bought.add(place)
                total, currency = past.worth[place]
                told.revenue[currency] += total
                if step in offers:
                    told.coupon_cost[currency] += cost_of(offers[step], total, currency)
        told.coupons += step in offers
    told.bought_after += bool(bought)
    if sent and len(told.sample) < SHOWN:
        told.sample.append(
            [one.profile_id, one.since.isoformat(), [at.isoformat() for at, _step in sent], state.reason]
        )


def _overlap(flow_id: int, wrote: dict[int, list[datetime]], told: Told) -> None:
    """Whom other flows and broadcasts wrote to within a day of one of these messages."""
    people = [pk for pk, times in wrote.items() if times]
    rows = Message.objects.filter(profile__in=people, handed_over_at__isnull=False).exclude(flow=flow_id)
    seen = set()
    for pk, name, at in rows.values_list("profile", "flow__name", "handed_over_at"):
        near = any(abs(at - mine) <= timedelta(days=1) for mine in wrote[pk])
        if near and (pk, name) not in seen:
            seen.add((pk, name))
            told.overlap[name or ""] += 1


def _day(at: datetime) -> str:
    return at.astimezone(get_default_timezone()).date().isoformat()


def _as_json(told: Told, people: int) -> dict:
    plain = {name: dict(value) if isinstance(value, Counter) else value for name, value in vars(told).items()}
    known = emails([row[0] for row in told.sample])
    plain["sample"] = [[known.get(row[0], ""), *row[1:]] for row in told.sample]
    return {**plain, "people": people, "messages": sum(told.steps.values())}


def days_between(span: Span) -> Iterator[str]:
    day, last = (at.astimezone(get_default_timezone()).date() for at in (span.since, span.until))
    while day <= last:
        yield day.isoformat()
        day += timedelta(days=1)
