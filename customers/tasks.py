"""Clockwork of the guest book."""

from celery import shared_task
from django.utils import timezone

from customers.actions import outbox, text_outbox


@shared_task
def send_mail() -> int:
    return outbox.dispatch(timezone.now())


@shared_task
def send_texts() -> int:
    return text_outbox.dispatch(timezone.now())
