"""Broadcasts that come again, such as a weekly newsletter: once one begins, the next one is set for its moment."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import get_default_timezone

from marketing.actions.broadcasts.scheduling import begin_of
from marketing.broadcasts.times import next_moment
from marketing.models import Broadcast

Status = Broadcast.Status
COPIED = (
    "name", "segment_id", "channel", "template_id", "rival_id", "rival_share", "timing", "deadline_hours", "throttle",
    "holdout", "product_id", "orders_in_hundred", "repeat_days", "author_id",
)  # fmt: skip


def follow_on(now: datetime) -> int:
    """Set the next edition of each series whose newest one has begun; returns how many. Twice writes nothing more.

    A series ends when its newest edition is called off. Editions whose hours passed while the clock stood still come
    one after the other, and are missed.
    """
    begun = Broadcast.objects.filter(repeat_days__gt=0, begins_at__lte=now)
    begun = begun.exclude(status__in=[Status.DRAFT, Status.SCHEDULED, Status.CANCELLED])
    return sum(_follow(one, now) for one in begun.order_by("scheduled_at").select_related("template", "rival"))


def _follow(one: Broadcast, now: datetime) -> bool:
    series = one.series_id or one.pk
    moment = next_moment(one.scheduled_at, get_default_timezone(), one.repeat_days)
    if Broadcast.objects.filter(series=series, scheduled_at__gt=one.scheduled_at).exists():
        return False
    edition = Broadcast(series_id=series, scheduled_at=moment, status=Status.SCHEDULED)
    for name in COPIED:
        setattr(edition, name, getattr(one, name))
    edition.version = one.template.newest
    edition.rival_version = one.rival.newest if one.rival else None
    edition.begins_at = min(begin_of(edition, now), moment) if moment < now else begin_of(edition, now)
    try:
        with transaction.atomic():
            edition.save()
    except IntegrityError:
        # Another tick was here at the same time.
        return False
    return True
