"""Clockwork of the writing desk. Each job finds its own due rows; run it twice and nothing more happens."""

from celery import shared_task
from django.utils import timezone

from marketing.actions import notices, popularity, releasing, reminders


@shared_task
def plan_messages() -> int:
    return reminders.plan(timezone.now())


@shared_task
def dispatch_messages() -> int:
    return reminders.dispatch(timezone.now())


@shared_task
def release_notices() -> int:
    """Tell who waits for what came back or got cheaper; the first part is all that news from the shelves wakes."""
    return releasing.release(timezone.now())


@shared_task
def forget_notices() -> int:
    return notices.forget_old(timezone.now())


@shared_task
def refresh_popularity() -> int:
    return popularity.refresh(timezone.now())
