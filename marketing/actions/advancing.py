"""Moving on who waits in a flow and is due: one transaction for each, nothing is sent in it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from marketing.channels.addresses import address_of
from marketing.flows.definition import Definition
from marketing.flows.live import LiveWorld
from marketing.flows.machine import Letter, State, advance
from marketing.models import Enrolment, Flow, FlowVersion, Message
from marketing.rules import Check, Rule, decision, verdict
from marketing.rules.flows import Case, address_for, check_all
from marketing.rules.person import Look, Whom
from marketing.segments.people import people_of

BATCH = 200
WITH = ("flow", "version", "profile__customer", "cart__customer", "order", "product")
Status = Message.Status


def advance_due(now: datetime) -> int:
    """Take every step that is due in a live flow; says how many messages were written, planned or skipped.

    Two at once share the work; run twice, nothing more happens.
    """
    written, after = 0, None
    definitions: dict[int, Definition] = {}
    while batch := list(_due(now, after)[:BATCH]):
        after = batch[-1]
        for _due_at, pk in batch:
            written += _advance(pk, now, definitions)
    return written


def _due(now: datetime, after: tuple[datetime, int] | None):
    rows = Enrolment.objects.filter(status=Enrolment.Status.WAITING, due_at__lte=now, flow__status=Flow.Status.LIVE)
    if after:
        rows = rows.filter(Q(due_at__gt=after[0]) | Q(due_at=after[0], pk__gt=after[1]))
    return rows.order_by("due_at", "pk").values_list("due_at", "pk")


@transaction.atomic
def _advance(pk: int, now: datetime, definitions: dict[int, Definition]) -> int:
    rows = Enrolment.objects.select_for_update(of=("self",), skip_locked=True).select_related(*WITH)
    mine = rows.filter(pk=pk, status=Enrolment.Status.WAITING, due_at__lte=now, flow__status=Flow.Status.LIVE).first()
    if mine is None:
        return 0
    definition = definitions.setdefault(mine.version_id, _read(mine.version))
    person = people_of([mine.profile_id], definition.needs, now).get(mine.profile_id) if definition.needs else None
    person = person or people_of([mine.profile_id], frozenset(), now).get(mine.profile_id)
    state = State(mine.step, mine.due_at, arms=mine.arms)
    state, letters = advance(definition, state, LiveWorld(mine, definition, person), now)
    for letter in letters:
        write(mine, definition, letter, state.arms, now)
    _keep(mine, state, now)
    return len(letters)


def _read(version: FlowVersion) -> Definition:
    return Definition.read(version.definition)


def _keep(enrolment: Enrolment, state: State, now: datetime) -> None:
    changes = {"step": state.step, "due_at": state.due_at, "arms": state.arms}
    if state.due_at is None:
        changes |= {"status": state.status, "reason": state.reason, "ended_at": now}
    Enrolment.objects.filter(pk=enrolment.pk).update(**changes)


def write(enrolment: Enrolment, definition: Definition, letter: Letter, arms: dict, now: datetime) -> Message:
    """The message of a step, planned, or skipped for a reason that stands; once, however often it is asked for."""
    values, profile = letter.step.values, enrolment.profile
    priority = enrolment.flow.priority or definition.trigger.priority
    whom = Whom.of_person(profile, values["channel"], priority)
    address = address_by(values["channel"], enrolment)
    checks = [*Look([whom], now).gate(whom), *check_all(Case(enrolment, definition, now))]
    if not address:
        checks.append(Check(Rule.NO_ADDRESS, False))
    final, later = verdict(checks)
    # The tests that led here, the nearest one last.
    tests = [arms[step.id] for step in definition.walk() if step.kind.code == "test" and step.id in arms]
    message, _created = Message.objects.get_or_create(
        key=f"flow:{enrolment.pk}:{letter.step.id}",
        defaults={
            "flow": enrolment.flow, "enrolment": enrolment, "step": letter.step.id, "arm": "".join(tests)[-20:],
            "channel": values["channel"], "priority": priority, "profile": profile, "customer": profile.customer,
            "cart": enrolment.cart, "address": address,
            "language": language_of(enrolment),
            "status": Status.SKIPPED if final else Status.PLANNED,
            "reason": final.rule.value if final else "",
            "decision": {"planned": decision(now, checks)},
            "planned_for": max(filter(None, [letter.at, later])),
            "deadline": letter.at + timedelta(hours=values["deadline"]),
        },
    )  # fmt: skip
    return message


def address_by(channel: str, enrolment: Enrolment) -> str:
    """Where it goes by this channel; nothing where the person cannot be reached by it."""
    if channel == Message.Channel.EMAIL:
        return address_for(enrolment)[:254]
    return address_of(enrolment.profile, channel)


def language_of(enrolment: Enrolment) -> str:
    cart = enrolment.cart
    return (cart.language if cart else enrolment.profile.language) or settings.LANGUAGE_CODE
