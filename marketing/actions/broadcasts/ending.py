"""A broadcast is done when none of its messages is open; what was called off or missed leaves none open behind."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from marketing.models import Broadcast, Message

Status = Broadcast.Status
OPEN = [Message.Status.PLANNED, Message.Status.CLAIMED, Message.Status.SENDING]
REASONS = {Status.CANCELLED: "called_off", Status.MISSED: "missed"}
BATCH = 5000
# What was claimed when it ended is planned again after ten minutes at the latest; two days are more than enough.
LOOKS_BACK = timedelta(days=2)


def end(now: datetime) -> int:
    """End what is finished; returns how many. One statement asks and says so: no open message is ever overlooked."""
    sweep(now)
    unfinished = Message.objects.filter(broadcast=OuterRef("pk"), status__in=OPEN)
    # Planning is over, so that no message is added any more.
    finished = Broadcast.objects.filter(~Exists(unfinished), status=Status.SENDING, planned_at__isnull=False)
    return finished.update(status=Status.DONE, ended_at=now)


def sweep(now: datetime) -> int:
    """Skip what is left of broadcasts that were called off or missed. What is being sent this moment ends by itself."""
    ended = Broadcast.objects.filter(status__in=REASONS, ended_at__gt=now - LOOKS_BACK)
    return sum(_sweep(pk, REASONS[status]) for pk, status in ended.order_by().values_list("pk", "status"))


def _sweep(pk: int, reason: str) -> int:
    left = Message.objects.filter(broadcast=pk, status__in=[Message.Status.PLANNED, Message.Status.CLAIMED])
    swept = 0
    while ids := list(left.order_by().values_list("pk", flat=True)[:BATCH]):
        swept += left.filter(pk__in=ids).update(status=Message.Status.SKIPPED, reason=reason)
    return swept
