"""Keeping the working copy of a flow, publishing it, and switching it on and off."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.models import Customer
from marketing.flows.checks import Finding, stops
from marketing.flows.definition import Definition
from marketing.models import Enrolment, Flow, FlowVersion, Message

RETIRED = "flow_retired"
WAITING = Enrolment.Status.WAITING


class ChangedMeanwhile(Exception):
    """Somebody else changed the working copy since it was shown."""


class NotReady(Exception):
    """The flow has faults that stop it; `findings` says which."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(findings)
        self.findings = findings


def keep(flow: Flow, draft: dict, seen: int) -> None:
    """Keep the working copy, finished or not, for a person who saw edition `seen`. Raises ChangedMeanwhile."""
    changes = {"draft": draft, "edition": seen + 1, "updated_at": timezone.now()}
    if not Flow.objects.filter(pk=flow.pk, edition=seen).update(**changes):
        raise ChangedMeanwhile
    flow.refresh_from_db()


@transaction.atomic
def publish(flow: Flow, author: Customer | None, now: datetime) -> FlowVersion:
    """Make the working copy a version; the newest one again when nothing changed. Raises NotReady.

    Who is on the way finishes the version he began.
    """
    locked = Flow.objects.select_for_update().get(pk=flow.pk)
    definition = Definition.read(locked.draft)
    if wrong := stops(definition):
        raise NotReady(wrong)
    newest = locked.newest
    if newest and newest.definition == locked.draft:
        return newest
    number = newest.number + 1 if newest else 1
    version = FlowVersion.objects.create(
        flow=locked, number=number, definition=locked.draft, author=author, created_at=now
    )
    version.templates.set({int(step.values["template"]) for step in definition.messages()})
    return version


@transaction.atomic
def switch_on(flow: Flow, now: datetime, author: Customer | None = None) -> None:
    """Publish what is not published yet, and let the flow write. Raises NotReady, and leaves it as it was.

    After a pause those who wait go on from where they were, as much later as the pause was long.
    """
    publish(flow, author, now)
    locked = Flow.objects.select_for_update().get(pk=flow.pk)
    if locked.is_live:
        return
    if locked.paused_at:
        # An hour that was spent paused is no hour of waiting.
        waiting = Enrolment.objects.filter(flow=locked, status=WAITING)
        waiting.update(due_at=F("due_at") + (now - locked.paused_at))
    Flow.objects.filter(pk=flow.pk).update(
        status=Flow.Status.LIVE, live_since=locked.live_since if locked.paused_at else now, paused_at=None
    )


def pause(flow: Flow, now: datetime) -> None:
    """Let nobody in, nothing out and nobody on. What is planned waits, and is dropped once it is too late."""
    Flow.objects.filter(pk=flow.pk, status=Flow.Status.LIVE).update(status=Flow.Status.PAUSED, paused_at=now)


@transaction.atomic
def retire(flow: Flow, now: datetime) -> int:
    """End it for good: who is on the way leaves, what is planned does not go out. Says how many left."""
    Flow.objects.filter(pk=flow.pk).update(status=Flow.Status.RETIRED, paused_at=None)
    planned = Message.objects.filter(flow=flow, status__in=[Message.Status.PLANNED, Message.Status.CLAIMED])
    planned.update(status=Message.Status.SKIPPED, reason=RETIRED)
    waiting = Enrolment.objects.filter(flow=flow, status=WAITING)
    return waiting.update(status=Enrolment.Status.EXITED, reason=RETIRED, due_at=None, ended_at=now)


def copy(flow: Flow) -> Flow:
    """A new draft with the same working copy."""
    name = _("%(name)s (copy)") % {"name": flow.name[:110]}
    return Flow.objects.create(name=name, recipe=flow.recipe, holdout=flow.holdout, draft=flow.draft)
