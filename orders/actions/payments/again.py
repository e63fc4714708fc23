"""Paying by card after all: the card that held the money let go of it, and the order waits for a transfer.

The order has one living payment at any moment: the transfer steps back for a card page, and comes back with its end.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from orders.actions.locking import lock
from orders.actions.payments.trouble import NotPayable
from orders.models import Order, Payment, PaymentMethod

Code, Status = PaymentMethod.Code, Payment.Status


def has_lapsed(order: Order, payments: Iterable[Payment]) -> bool:
    """Whether the order waits for money that a card held once: `payments` are all of it. Asks nothing."""
    waits = order.status == Order.Status.PLACED and order.payment_status == Order.PaymentStatus.UNPAID
    return waits and any(
        pay.method == Code.CARD and pay.status == Status.CANCELLED and pay.authorised and not pay.supplement_id
        for pay in payments
    )


@transaction.atomic(durable=True)
def turn_to_card(order: Order, now: datetime | None = None) -> None:
    """Let the transfer step back for a card payment, unless one waits already. Raises NotPayable."""
    order = Order.objects.select_for_update().get(pk=order.pk)
    own = list(Payment.objects.select_for_update().filter(order=order, account=None, supplement=None).order_by("pk"))
    waiting = next((pay for pay in own if pay.status == Status.PENDING), None)
    if waiting is None or not has_lapsed(order, own):
        raise NotPayable("The order waits for no card.")
    if waiting.method == Code.CARD:
        return
    Payment.objects.filter(pk=waiting.pk).update(status=Status.CANCELLED)
    _wait_for(order, waiting, Code.CARD, now or timezone.now())


@transaction.atomic
def turn_back(payment: Payment, now: datetime) -> None:
    """Nobody can pay on that card page any more: the order waits for a transfer again."""
    order, payment = lock(payment)
    if payment.status != Status.PENDING:
        return
    Payment.objects.filter(pk=payment.pk).update(status=Status.CANCELLED)
    if order.status == Order.Status.PLACED and order.payment_status == Order.PaymentStatus.UNPAID:
        _wait_for(order, payment, Code.BANK_TRANSFER, now)


def _wait_for(order: Order, before: Payment, method: str, now: datetime) -> None:
    Payment.objects.create(order=order, method=method, amount=before.amount, currency=before.currency, created_at=now)
