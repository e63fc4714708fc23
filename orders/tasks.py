"""Clockwork of the till: each task finds its own rows, so that it may run twice or be lost."""

from celery import shared_task
from django.utils import timezone

from orders.actions import (
    clearing,
    confirming,
    credit,
    invoicing,
    lateness,
    money_check,
    on_account,
    payments,
    reservations,
    shelf_check,
)
from orders.actions.supplements import ending


@shared_task
def release_reservations() -> int:
    return reservations.release_expired(timezone.now())


@shared_task
def reconcile_payments() -> int:
    return payments.reconcile(timezone.now())


@shared_task
def process_provider_event(pk: int) -> str:
    return payments.process_event(pk)


@shared_task
def process_provider_events() -> int:
    """What was stored and not acted on, because a worker died or Stripe was away."""
    return payments.process_events(timezone.now())


@shared_task
def confirm_orders() -> int:
    return confirming.confirm_missing(timezone.now())


@shared_task
def write_invoices() -> int:
    """Invoices and credit notes that were not written when they were due."""
    return invoicing.keep(timezone.now())


@shared_task
def send_gift_cards() -> int:
    return credit.send_due(timezone.now())


@shared_task
def take_supplements_back() -> int:
    return ending.lapse_due(timezone.now())


@shared_task
def clear_guests() -> int:
    return clearing.clear(timezone.now())


@shared_task
def remind_of_accounts() -> int:
    """Who bought on account is told in time, and once more when the day is over."""
    return on_account.remind(timezone.now())


@shared_task
def tell_of_lateness() -> int:
    """Who asked for texts hears of it on the morning after the promised day."""
    return lateness.tell(timezone.now())


@shared_task
def check_money() -> int:
    """Compare our books of money with Stripe's; what does not agree is told on the front page of the office."""
    return len(money_check.check(timezone.now()).drifts)


@shared_task
def check_shelves() -> int:
    """Compare the books of the stock with themselves; what does not agree is told on the front page of the office."""
    return len(shelf_check.check(timezone.now()).drifts)
