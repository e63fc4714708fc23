"""Clockwork of the guest book."""

from celery import shared_task
from django.utils import timezone

from customers import mail


@shared_task
def send_mail() -> int:
    return mail.dispatch(timezone.now())
