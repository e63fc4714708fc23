"""Letting people into live flows: who is an occasion, whether the conditions hold, and who is held back."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction

from marketing.actions import profiles
from marketing.experiments import is_held_out
from marketing.flows.definition import Definition
from marketing.flows.live import salt_of
from marketing.flows.triggers import Occasion, Span
from marketing.models import Enrolment, Flow, FlowVersion, Profile
from marketing.rules.carts import address_of
from marketing.segments import Verdict, explain
from marketing.segments.people import Person, people_of

BATCH = 200
# A tick that was lost is made up for: what happened so long before the last look is looked at again.
AGAIN = timedelta(hours=1)
CONDITIONS, LATELY = "conditions", "entered_lately"
Status = Enrolment.Status


def enrol(now: datetime) -> int:
    """Write an Enrolment for each new occasion of every live flow; says how many got in. Run twice, nothing more."""
    return sum(_enrol(flow, now) for flow in Flow.objects.filter(status=Flow.Status.LIVE))


def _enrol(flow: Flow, now: datetime) -> int:
    version = flow.newest
    definition = Definition.read(version.definition) if version else None
    if definition is None or definition.trigger is None:
        return 0
    trigger = definition.trigger
    if flow.looked_at and timedelta() <= now - flow.looked_at < trigger.every:
        return 0
    # Days and stages of before the flow was live are nobody's occasion; carts say themselves when it is too late.
    since = max(filter(None, [flow.live_since, now - trigger.late, flow.looked_at and flow.looked_at - AGAIN]))
    let_in = 0
    for batch in _batches(trigger.find(definition.values, Span(min(since, now), now))):
        let_in += _let_in(flow, version, definition, batch, now)
    Flow.objects.filter(pk=flow.pk).update(looked_at=now)
    return let_in


def _batches(occasions: Iterable[Occasion]) -> Iterator[list[Occasion]]:
    rest = iter(occasions)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _let_in(flow: Flow, version: FlowVersion, definition: Definition, batch: list[Occasion], now: datetime) -> int:
    there = Enrolment.objects.filter(flow=flow, key__in=[one.key for one in batch])
    told = set(there.values_list("key", flat=True))
    fresh = [(one, _whose(one)) for one in batch if one.key not in told]
    fresh = [(one, profile) for one, profile in fresh if profile]
    if not fresh:
        return 0
    people = people_of({pk for _one, pk in fresh}, definition.needs, now)
    with transaction.atomic():
        if not Flow.objects.filter(pk=flow.pk, status=Flow.Status.LIVE).exists():
            return 0
        # Two planners with two occasions of one person: the second one sees whom the first one let in.
        locked = Profile.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk")
        known = set(locked.values_list("pk", flat=True))
        lately = _entered_lately(flow, definition, known, now)
        rows = []
        for one, profile in fresh:
            if profile in known:
                row = _row(flow, version, definition, one, people[profile], profile in lately, now)
                rows.append(row)
                if definition.reentry and row.status != Status.TURNED_AWAY:
                    lately.add(profile)
        Enrolment.objects.bulk_create(rows, ignore_conflicts=True)
    return sum(row.status == Status.WAITING for row in rows)


def _whose(occasion: Occasion) -> int | None:
    if occasion.cart is None:
        return occasion.profile_id
    cart = occasion.cart
    facts = {"name": cart.name, "language": cart.language}
    return profiles.know(address_of(cart), cart.customer, **facts).pk


def _entered_lately(flow: Flow, definition: Definition, people: set[int], now: datetime) -> set[int]:
    if not definition.reentry:
        return set()
    rows = Enrolment.objects.filter(
        flow=flow, profile__in=people, entered_at__gt=now - timedelta(days=definition.reentry)
    )
    return set(rows.exclude(status=Status.TURNED_AWAY).values_list("profile", flat=True))


def _row(flow, version, definition: Definition, one: Occasion, person: Person, lately: bool, now: datetime):
    verdict = explain(definition.let_in, person, now) if definition.let_in else None
    row = Enrolment(
        flow=flow, version=version, profile=person.profile, key=one.key, cart=one.cart, product_id=one.product_id,
        order_id=one.order_id, since=one.since, seen=one.seen[:200], entered_at=now,
        decision={"conditions": as_json(verdict)} if verdict else {},
    )  # fmt: skip
    if lately or (verdict and not verdict.holds):
        row.status, row.reason, row.ended_at = Status.TURNED_AWAY, LATELY if lately else CONDITIONS, now
    elif is_held_out(salt_of(flow.pk), person.profile.pk, flow.holdout):
        row.status = Status.HELD_OUT
    else:
        row.step, row.due_at = definition.first, one.at
    return row


def as_json(verdict: Verdict) -> dict:
    """A rule with what was seen at it, for whoever asks why."""
    if verdict.parts:
        return {"holds": verdict.holds, "match": verdict.match, "parts": [as_json(part) for part in verdict.parts]}
    return {"holds": verdict.holds, "words": verdict.words, "seen": verdict.seen}
