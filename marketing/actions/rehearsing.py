"""Rehearsals: asked for at the desk, worked out by a worker, kept as a result. Nothing else is written."""

from datetime import datetime, timedelta

from django.utils import timezone

from customers.models import Customer
from marketing.flows.definition import Definition
from marketing.flows.rehearsal import rehearse
from marketing.flows.triggers import Span
from marketing.models import Flow, Rehearsal

Status = Rehearsal.Status
LONGEST = 365


def ask(flow: Flow, days: int, author: Customer | None, now: datetime) -> Rehearsal:
    """A row that waits to be worked out; of the working copy as it stands."""
    days = max(1, min(days, LONGEST))
    return Rehearsal.objects.create(
        flow=flow, definition=flow.draft, edition=flow.edition, since=now - timedelta(days=days), until=now,
        author=author, started_at=now,
    )  # fmt: skip


def work_out(rehearsal: Rehearsal) -> None:
    """Run it and keep the result; a fault is kept as one."""
    rows = Rehearsal.objects.filter(pk=rehearsal.pk)
    definition = Definition.read(rehearsal.definition)
    span = Span(rehearsal.since, rehearsal.until)
    try:
        if definition.trigger is None:
            raise ValueError("nothing sets it off")
        say = lambda done: rows.update(done=done)  # noqa: E731
        result = rehearse(definition, rehearsal.flow_id, rehearsal.flow.holdout, span, say)
    except Exception as error:
        rows.update(status=Status.FAILED, result={"error": type(error).__name__}, ended_at=timezone.now())
        raise
    rows.update(status=Status.DONE, result=result, done=result["occasions"], ended_at=timezone.now())
