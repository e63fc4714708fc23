"""Clockwork of the writing desk. Each job finds its own due rows; run it twice and nothing more happens."""

import logging

from celery import shared_task
from django.utils import timezone

from marketing.actions import (
    broadcasts,
    episodes,
    evaluating,
    notices,
    popularity,
    profiles,
    rehearsing,
    releasing,
    reminders,
    segments,
)
from marketing.models import Rehearsal, Segment
from orders.models import Order

log = logging.getLogger(__name__)


@shared_task
def know_who_bought(order_id: int) -> None:
    """Whose order it is; what it was about is over."""
    order = Order.objects.select_related("customer").get(pk=order_id)
    episodes.end_with_order(profiles.know_buyer(order).pk, order.placed_at)


@shared_task
def plan_messages() -> int:
    return reminders.plan(timezone.now())


@shared_task
def dispatch_messages() -> int:
    return reminders.dispatch(timezone.now())


@shared_task
def plan_broadcasts() -> int:
    """What is due is planned; a series gets its next edition; what is finished is done."""
    now = timezone.now()
    broadcasts.follow_on(now)
    planned = broadcasts.plan(now)
    broadcasts.end(now)
    return planned


@shared_task
def send_broadcasts() -> int:
    """One worker's shift; several at once share the work."""
    sent = broadcasts.send(timezone.now())
    if sent:
        broadcasts.end(timezone.now())
    return sent


@shared_task
def release_notices() -> int:
    """Tell who waits for what came back or got cheaper; the first part is all that news from the shelves wakes."""
    return releasing.release(timezone.now())


@shared_task
def forget_notices() -> int:
    return notices.forget_old(timezone.now())


@shared_task
def keep_segments() -> int:
    """Windows run out and birthdays come: segments by such rules follow; new rules are settled."""
    return segments.keep(timezone.now())


@shared_task
def check_segments() -> int:
    """Every night everybody is compared with every rule; nothing should differ."""
    strays = segments.check(timezone.now())
    log.log(logging.WARNING if strays else logging.INFO, "Segments checked, %d mended.", strays)
    return strays


@shared_task
def settle_segment(pk: int) -> int:
    """Bring one segment in step with its rule, with progress for its page; nothing to do when it is gone."""
    segment = Segment.objects.filter(pk=pk).first()
    tell = lambda done, to_do: Segment.objects.filter(pk=pk).update(done=done, to_do=to_do)  # noqa: E731
    return segments.bring_in_step(segment, timezone.now(), tell) if segment else 0


@shared_task
def rehearse_flow(pk: int) -> None:
    """Work out a rehearsal that waits, with progress for its page; nothing to do when it is gone or done."""
    rehearsal = Rehearsal.objects.select_related("flow").filter(pk=pk, status=Rehearsal.Status.RUNNING).first()
    if rehearsal:
        rehearsing.work_out(rehearsal)


@shared_task
def evaluate_people() -> int:
    """Stage and segments of everybody to whom something happened."""
    return evaluating.evaluate(timezone.now())


@shared_task
def check_people() -> int:
    """Every night: measures of buyers, and everybody's stage as time alone changes it."""
    return evaluating.check(timezone.now())


@shared_task
def refresh_popularity() -> int:
    return popularity.refresh(timezone.now())
