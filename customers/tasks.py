"""Clockwork of the guest book."""

from celery import shared_task
from django.utils import timezone

from customers.actions import outbox


@shared_task
def send_mail() -> int:
    return outbox.dispatch(timezone.now())
