"""Switching flows on and off."""

from datetime import datetime

from django.conf import settings

from marketing.letters import FIELDS
from marketing.models import Flow
from marketing.words import CannotBeWritten, check


def switch_on(flow: Flow, now: datetime) -> None:
    """Let the flow write. Raises CannotBeWritten when its words would fail, and leaves it as it was."""
    for language, _name in settings.LANGUAGES:
        for field in FIELDS:
            words = getattr(flow, f"{field}_{language}") or ""
            try:
                check(words)
            except CannotBeWritten as error:
                raise CannotBeWritten(f"{field} ({language}): {error}") from error
    Flow.objects.filter(pk=flow.pk).exclude(status=Flow.Status.LIVE).update(status=Flow.Status.LIVE, live_since=now)


def pause(flow: Flow) -> None:
    """Let nothing more go out. What is planned waits, and is dropped once it is too late."""
    Flow.objects.filter(pk=flow.pk, status=Flow.Status.LIVE).update(status=Flow.Status.PAUSED)
