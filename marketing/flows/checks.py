"""What is wrong with a flow before anybody is in it: faults that stop it, and hints that do not."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketing.flows.definition import RULES, Definition, Step
from marketing.flows.steps import CLOCK, END, MESSAGE, SPLIT, WAIT
from marketing.models import Event
from marketing.segments import Unfit, check

# Longer than that nobody remembers why he is written to.
MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class Finding:
    """`where` is the id of a step, or trigger, conditions, exit, goal or steps."""

    sentence: str
    stops: bool = True
    where: str = ""


def findings_of(definition: Definition) -> list[Finding]:
    return list(_findings(definition))


def stops(definition: Definition) -> list[Finding]:
    return [finding for finding in findings_of(definition) if finding.stops]


def _findings(definition: Definition) -> Iterator[Finding]:
    if definition.trigger is None:
        yield Finding(_("Choose what sets the flow off."), where="trigger")
    else:
        for field in definition.trigger.fields:
            if fault := field.fault(definition.values[field.name]):
                yield Finding(fault, where="trigger")
    for name in RULES:
        if rule := getattr(definition, name):
            yield from (Finding(sentence, where=name) for sentence in _faults(rule))
    if definition.goal and definition.goal not in Event.Type.values:
        yield Finding(_("Choose a goal, or none."), where="goal")
    if not definition.messages():
        yield Finding(_("The flow writes nothing: add a message."), where="steps")
    for step in definition.walk():
        yield from _of_step(step)
    yield from _of_ways(definition.steps)


def _of_step(step: Step) -> Iterator[Finding]:
    for field in step.kind.fields:
        if fault := field.fault(step.values[field.name]):
            yield Finding(fault, where=step.id)
    if step.kind.code == WAIT and not _is_wait(step.values):
        yield Finding(
            _("A wait is one minute to %(days)d days, or an hour from 0 to 23.") % {"days": MOST_DAYS}, where=step.id
        )
    if step.kind.code == SPLIT:
        faults = _faults(step.rule) if step.rule else [_("Say by which rule it splits.")]
        yield from (Finding(sentence, where=step.id) for sentence in faults)
    if step.kind.branches and not any(step.branches.values()):
        yield Finding(_("Both ways are empty: the split does nothing."), False, step.id)


def _is_wait(values: dict) -> bool:
    amount, unit = values["amount"], values["unit"]
    if not isinstance(amount, int):
        return True  # said already
    if unit == CLOCK:
        return amount <= 23
    return amount >= 1 and (unit != "days" or amount <= MOST_DAYS)


def _of_ways(steps: tuple[Step, ...]) -> Iterator[Finding]:
    """Two messages without a wait between them, and steps that nobody reaches."""
    for place, step in enumerate(steps):
        before = steps[place - 1].kind.code if place else ""
        if step.kind.code == MESSAGE and before == MESSAGE:
            yield Finding(_("There is no wait before this message: it follows the one above at once."), False, step.id)
        if before == END:
            yield Finding(_("Nobody comes here: the flow ends above."), False, step.id)
        for way in step.branches.values():
            yield from _of_ways(way)


def _faults(rule: dict) -> list[str]:
    try:
        check(rule)
    except Unfit as unfit:
        return [fault.sentence for fault in unfit.faults]
    return []
