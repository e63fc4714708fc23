"""One message for each person of the segment, written before anything is sent: planned, or skipped with its reason.

In batches by the key of the person, each with the place it came to in one transaction: whoever is killed is carried on
by the next tick, two planners take turns, and none writes a second row.
"""

import json
from datetime import datetime, timedelta

from django.db import transaction

from catalog import bulk
from marketing.actions import segments
from marketing.broadcasts.audience import Audience, Place, cap_of, members
from marketing.models import Broadcast, Message

Status = Broadcast.Status
BATCH = 2000
# A great audience takes minutes to plan; the first message is to leave on time.
AHEAD = timedelta(minutes=10)


def plan(now: datetime) -> int:
    """Plan every broadcast whose moment is near; returns how many messages were written.

    One whose moment passed more than an hour ago is missed: nothing of it goes out.
    """
    due = Broadcast.objects.filter(status__in=[Status.SCHEDULED, Status.PLANNING], begins_at__lte=now + AHEAD)
    return sum(_plan(pk, now) for pk in due.order_by("begins_at", "pk").values_list("pk", flat=True))


def _plan(pk: int, now: datetime) -> int:
    broadcast = Broadcast.objects.select_related("segment").get(pk=pk)
    if broadcast.is_late(now):
        _miss(broadcast, now)
        return 0
    if broadcast.status == Status.SCHEDULED:
        if not broadcast.segment.is_frozen:
            segments.bring_in_step(broadcast.segment, now)
        _begin(broadcast)
    written = 0
    while (more := _step(pk, now)) is not None:
        written += more
    return written


def _begin(broadcast: Broadcast) -> None:
    """Each edition of a series says what its letters say now; a single one what they said when it was scheduled."""
    newest = {}
    if broadcast.series_id:
        rival = broadcast.rival.newest if broadcast.rival_id else None
        newest = {"version": broadcast.template.newest, "rival_version": rival}
    waiting = Broadcast.objects.filter(pk=broadcast.pk, status=Status.SCHEDULED)
    waiting.update(status=Status.PLANNING, **newest)


def _miss(broadcast: Broadcast, now: datetime) -> None:
    waiting = Broadcast.objects.filter(pk=broadcast.pk, status__in=[Status.SCHEDULED, Status.PLANNING])
    waiting.update(status=Status.MISSED, ended_at=now)


@transaction.atomic
def _step(pk: int, now: datetime) -> int | None:
    """Write the next batch; None when there is no more to do, or somebody called it off."""
    # Two planners queue here, and so does whoever calls it off.
    broadcast = Broadcast.objects.select_for_update(of=("self",)).get(pk=pk)
    if broadcast.status != Status.PLANNING:
        return None
    ids = members(broadcast, broadcast.planned_up_to, BATCH)
    mine = Broadcast.objects.filter(pk=pk)
    if not ids:
        mine.update(status=Status.SENDING, planned_at=now)
        return None
    audience = Audience(broadcast, now, _room(broadcast))
    said = f'{{"planned": {{"at": "{now.isoformat(timespec="seconds")}", "rules": '
    rows = [_row(broadcast, place, said) for place in audience.judge(ids)]
    written = bulk.insert(Message, rows, "key", unless_there=True) if rows else {}
    mine.update(planned_up_to=ids[-1])
    return len(written)


def _room(broadcast: Broadcast) -> int | None:
    """For how many more people there are pieces."""
    if (cap := cap_of(broadcast)) is None:
        return None
    return max(cap - broadcast.messages.filter(status=Message.Status.PLANNED).count(), 0)


def _row(broadcast: Broadcast, place: Place, said: str) -> dict:
    """As the columns of a message; the decision as text, written once."""
    return {
        "key": f"broadcast:{broadcast.pk}:{place.profile.pk}",
        "broadcast_id": broadcast.pk,
        "channel": broadcast.channel,
        "priority": Message.Priority.CAMPAIGN.value,
        "profile_id": place.profile.pk,
        "customer_id": place.profile.customer_id,
        "version_id": broadcast.version_of(place.arm),
        "arm": place.arm,
        "address": place.address,
        "language": place.language,
        "status": (Message.Status.PLANNED if place.is_written_to else Message.Status.SKIPPED).value,
        "reason": "" if place.is_written_to else place.left_out.value,
        "decision": f"{said}{json.dumps([check.as_json() for check in place.checks])}}}}}",
        "planned_for": place.moment,
        "deadline": place.moment + broadcast.deadline,
    }
