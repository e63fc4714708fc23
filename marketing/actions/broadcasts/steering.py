"""Holding a broadcast that is being sent, letting it go on, and calling it off: at once, for every worker."""

from datetime import datetime

from marketing.actions.broadcasts.ending import sweep
from marketing.models import Broadcast

Status = Broadcast.Status


def pause(broadcast: Broadcast) -> bool:
    """Nothing more leaves from this moment on, but what is being handed over. False when it was not being sent."""
    return _move(broadcast, [Status.SENDING], status=Status.PAUSED)


def resume(broadcast: Broadcast) -> bool:
    """Go on; whoever's time is over meanwhile gets nothing. False when it was not paused."""
    return _move(broadcast, [Status.PAUSED], status=Status.SENDING)


def call_off(broadcast: Broadcast, now: datetime) -> bool:
    """Nothing more leaves, ever. False when it was over already."""
    under_way = [Status.DRAFT, Status.SCHEDULED, Status.PLANNING, Status.SENDING, Status.PAUSED]
    done = _move(broadcast, under_way, status=Status.CANCELLED, ended_at=now)
    if done:
        sweep(now)
    return done


def _move(broadcast: Broadcast, expected: list[str], **changes) -> bool:
    return bool(Broadcast.objects.filter(pk=broadcast.pk, status__in=expected).update(**changes))
