"""The page of a flow: trigger, conditions, steps and their numbers. Every press keeps what was typed."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from marketing.actions import flows
from marketing.admin import flow_draft
from marketing.flows.checks import Finding, findings_of
from marketing.flows.definition import Definition, Step
from marketing.flows.fields import Field
from marketing.flows.steps import DEEPEST, STEPS
from marketing.flows.triggers import TRIGGERS
from marketing.models import Event, Flow, Message
from marketing.queries.flow_numbers import StepNumbers, numbers_of, step_numbers
from marketing.segments import Group

# What ends a flow by itself, as it is told to the merchant; the words of the rules say what should hold.
VERSIONS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A step as the page draws it."""

    step: Step
    place: int
    fields: list[dict]
    findings: list[Finding]
    rule: list[str]
    ways: list["Way"]
    is_first: bool
    is_last: bool
    numbers: StepNumbers | None
    template_id: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """The steps that follow each other. `name` is what a button calls it."""

    name: str
    label: str
    rows: list[Row] = field(default_factory=list)
    may_split: bool = True


def show(request: HttpRequest, model_admin, flow: Flow) -> HttpResponse:
    draft = flow_draft.of_flow(flow.draft)
    definition = Definition.read(draft)
    found = findings_of(definition)
    counted = step_numbers(flow)
    newest = flow.newest
    context = {
        **model_admin.admin_site.each_context(request),
        "title": flow.name,
        "opts": model_admin.opts,
        "flow": flow,
        "draft": draft,
        "definition": definition,
        "triggers": _triggers(definition),
        "goals": Event.Type.choices,
        "priorities": Message.Priority.choices,
        "conditions": in_lines(definition.let_in),
        "exit": in_lines(definition.let_out),
        "said": {where: [one for one in found if one.where == where] for where in WHERE},
        "faults": sum(one.stops for one in found),
        "way": _way(definition.steps, "", "", found, counted, 1),
        "kinds": STEPS.values(),
        "numbers": numbers_of(flow) if newest else None,
        "versions": flow.versions.select_related("author")[:VERSIONS_SHOWN],
        "is_published": bool(newest and newest.definition == flow.draft),
        "rehearsal": flow.rehearsals.first(),
        "may_change": model_admin.has_change_permission(request, flow) and flow.status != Flow.Status.RETIRED,
    }  # fmt: skip
    return render(request, "office/flow/editor.html", context)


WHERE = ("trigger", "conditions", "exit", "goal", "steps")


def change(request: HttpRequest, flow: Flow) -> HttpResponse:
    """Keep all that was typed, then do what the button says."""
    draft = flow_draft.read(flow_draft.of_flow(flow.draft), request.POST)
    verb, _colon, which = request.POST.get("do", "save").partition(":")
    touched = flow_draft.press(draft, verb, which, request.POST) if verb in ("add", "up", "down", "remove") else ""
    try:
        flows.keep(flow, draft, _seen(request))
    except flows.ChangedMeanwhile:
        messages.error(request, _("Somebody else changed this flow meanwhile. Your change was not kept; look again."))
        return redirect("admin:marketing_flow_change", flow.pk)
    _rename(request, flow)
    if verb == "rule":
        return redirect("admin:marketing_flow_rule", flow.pk, which or "conditions")
    if verb in ("publish", "switch"):
        return redirect(f"admin:marketing_flow_{verb}", flow.pk)
    return redirect(
        f"{reverse('admin:marketing_flow_change', args=[flow.pk])}#{f'step-{touched}' if touched else 'steps'}"
    )


def _triggers(definition: Definition) -> list[tuple]:
    known = {definition.trigger.code: definition.values} if definition.trigger else {}
    return [(one, _shown(one.fields, f"trigger-{one.code}", known.get(one.code, {}))) for one in TRIGGERS.values()]


def _seen(request: HttpRequest) -> int:
    seen = request.POST.get("edition", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else -1


def _rename(request: HttpRequest, flow: Flow) -> None:
    name = " ".join(request.POST.get("name", "").replace("\0", "").split())[:120]
    held, priority = request.POST.get("holdout", ""), request.POST.get("priority", "")
    changes = {"name": name or flow.name}
    if held.isdecimal() and int(held[:3]) <= 50:
        changes["holdout"] = int(held[:3])
    if priority in ("", *(str(value) for value in Message.Priority.values)):
        changes["priority"] = int(priority) if priority else None
    Flow.objects.filter(pk=flow.pk).update(**changes)


def _way(steps, name: str, label: str, found: list[Finding], counted: dict, depth: int) -> Way:
    rows = [_row(step, place, len(steps) - 1, found, counted, depth) for place, step in enumerate(steps)]
    return Way(name, label, rows, depth < DEEPEST)


def _row(step: Step, place: int, last: int, found: list[Finding], counted: dict, depth: int) -> Row:
    ways = [
        _way(step.branches[code], f"{step.id}/{code}", str(label), found, counted, depth + 1)
        for code, label in step.kind.branches
    ]
    mine = [one for one in found if one.where == step.id]
    return Row(
        step, place + 1, _shown(step.kind.fields, step.id, step.values), mine, in_lines(step.group), ways,
        place == 0, place == last, counted.get(step.id), str(step.values.get("template", "")),
    )  # fmt: skip


def _shown(fields: tuple[Field, ...], prefix: str, values: dict) -> list[dict]:
    return [
        {
            "field": one,
            "name": f"{prefix}-{one.name}",
            "value": values.get(one.name, one.start),
            "choices": one.choices() if one.choices else [],
        }
        for one in fields
    ]


def in_lines(rule: Group | None) -> list[str]:
    """A rule as lines to be read."""
    return [] if rule is None else list(_lines(rule, 0))


def _lines(part, depth: int):
    if not isinstance(part, Group):
        yield "– " * depth + part.kind.words(part.values)
        return
    if depth or part.match != "all":
        yield (
            "– " * depth
            + {"all": _("all of these:"), "any": _("any of these:"), "none": _("none of these:")}[part.match]
        )
        depth += 1
    for one in part.parts:
        yield from _lines(one, depth)
