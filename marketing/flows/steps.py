"""The kinds of steps. How a step is taken stands in `machine`."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketing.flows.fields import Field
from marketing.models import Message, Template

WAIT, MESSAGE, SPLIT, TEST, END = "wait", "message", "split", "test", "end"
MINUTES, HOURS, DAYS, CLOCK = "minutes", "hours", "days", "clock"
YES, NO, A, B = "yes", "no", "a", "b"
MOST_STEPS = 40
DEEPEST = 4


def _units() -> list[tuple[str, str]]:
    return [
        (MINUTES, str(_("minutes"))),
        (HOURS, str(_("hours"))),
        (DAYS, str(_("days"))),
        (CLOCK, str(_("o’clock, by the clock of the person"))),
    ]


def _channels() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Message.Channel.choices]


def _templates() -> list[tuple[str, str]]:
    """Those with a published version."""
    found = Template.objects.filter(versions__isnull=False, is_archived=False).distinct()
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")[:500]]


@dataclass(frozen=True, slots=True)
class StepKind:
    """`branches` are the ways that go on from it, with their labels."""

    code: str
    label: Any
    fields: tuple[Field, ...] = ()
    branches: tuple[tuple[str, Any], ...] = ()
    has_rule: bool = False


STEPS: dict[str, StepKind] = {
    kind.code: kind
    for kind in (
        StepKind(
            WAIT,
            _("Wait"),
            (
                Field("amount", _("how long, or until when"), 1, least=0, most=10_000),
                Field("unit", _("unit"), HOURS, choices=_units),
            ),
        ),
        StepKind(
            MESSAGE,
            _("Message"),
            (
                Field("channel", _("by"), "email", choices=_channels),
                Field("template", _("template"), "", choices=_templates, help=_("Only published ones stand here.")),
                Field(
                    "deadline",
                    _("too late after hours"),
                    48,
                    least=1,
                    most=720,
                    help=_("So long it waits for its turn when the person gets enough already."),
                ),
            ),
        ),
        StepKind(
            SPLIT, _("Split by a rule"), branches=((YES, _("If the rule holds")), (NO, _("If not"))), has_rule=True
        ),
        StepKind(
            TEST,
            _("Split by chance (A/B)"),
            (Field("share", _("percent who take way A"), 50, least=1, most=99),),
            branches=((A, _("Way A")), (B, _("Way B"))),
        ),
        StepKind(END, _("End")),
    )
}
