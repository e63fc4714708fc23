"""After something happened to people: their stage and segments, within the minute; and every night, everybody's."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction

from marketing.actions import episodes, measuring, segments, standing
from marketing.actions.profiles import know_buyer
from marketing.models import Measures, Profile
from orders.models import Order

logger = logging.getLogger(__name__)

BATCH = 200
MISSED_WITHIN = timedelta(days=2)


def evaluate(now: datetime) -> int:
    """Work out everybody to whom something happened; says how many. Two at once share the work."""
    _know_missed(now)
    measures, done = Measures.objects.first(), 0
    while batch := _take(now, measures):
        done += len(batch)
    return done


def check(now: datetime) -> int:
    """The night's full round: silent episodes end, buyers are measured, everybody is worked out; says how many changed.

    Of those who changed only time is the reason: what happened was worked out before.
    """
    episodes.fall_silent(now)
    evaluate(now)
    for ids in _everybody():
        standing.work_out(ids, now)
    measures = measuring.measure(now)
    changed = 0
    for ids in _everybody():
        changed += standing.work_out(ids, now, measures)
    return changed


def _know_missed(now: datetime) -> None:
    """Orders whose announcement was lost with its process."""
    missed = Order.objects.filter(status=Order.Status.PLACED, placed_at__gt=now - MISSED_WITHIN, purchase=None)
    for order in missed.exclude(email="").select_related("customer")[:BATCH]:
        profile = know_buyer(order, now)
        episodes.end_with_order(profile.pk, order.placed_at)


def _take(now: datetime, measures: Measures | None) -> list[int]:
    ids = []
    try:
        with transaction.atomic():
            ids = _claim(BATCH)
            _follow(ids, now, measures)
    except Exception:
        # One of them is in the way of the others: each alone, and that one is left to the night.
        logger.exception("A batch of people could not be worked out")
        for pk in ids:
            _alone(pk, now, measures)
    return ids


def _claim(number: int) -> list[int]:
    """Take people that wait. The mark goes first: what happens meanwhile waits for us, and marks them again."""
    skips = connection.features.has_select_for_update_skip_locked
    waiting = Profile.objects.select_for_update(skip_locked=skips).filter(dirty_at__isnull=False)
    ids = list(waiting.order_by("dirty_at", "pk").values_list("pk", flat=True)[:number])
    Profile.objects.filter(pk__in=ids).update(dirty_at=None)
    return ids


def _follow(ids: list[int], now: datetime, measures: Measures | None) -> None:
    standing.work_out(ids, now, measures)
    segments.settle(ids, now)


def _alone(pk: int, now: datetime, measures: Measures | None) -> None:
    try:
        with transaction.atomic():
            Profile.objects.filter(pk=pk).update(dirty_at=None)
            _follow([pk], now, measures)
    except Exception:
        logger.exception("Profile %s could not be worked out", pk)
        Profile.objects.filter(pk=pk).update(dirty_at=None)


def _everybody() -> Iterator[list[int]]:
    after = 0
    while ids := list(Profile.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[: 5 * BATCH]):
        yield ids
        after = ids[-1]
