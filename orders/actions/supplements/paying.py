"""The card page for a supplement."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from orders.actions import payments
from orders.models import Order, Payment, PaymentMethod, Supplement


def begin_payment(order: Order, success_url: str, cancel_url: str, now: datetime | None = None) -> str:
    """Open a card page for what was added to the order; called again, the same address.

    Raises payments.PaymentUnavailable, payments.NotPayable when nothing is open.
    """
    now = now or timezone.now()
    _intend(order, now)
    return payments.begin_card_payment(order, success_url, cancel_url, now)


@transaction.atomic(durable=True)
def _intend(order: Order, now: datetime) -> None:
    order = Order.objects.select_for_update().get(pk=order.pk)
    supplement = Supplement.objects.filter(order=order, status=Supplement.Status.OPEN).first()
    if supplement is None or order.status != Order.Status.PLACED:
        raise payments.NotPayable("Nothing is open.")
    card = {"supplement": supplement, "method": PaymentMethod.Code.CARD}
    over = Payment.objects.filter(**card, status=Payment.Status.PENDING, session_id__isnull=False, expires_at__lte=now)
    # `reconcile` asks about it until Stripe has spoken its last word.
    over.update(status=Payment.Status.CANCELLED)
    Payment.objects.get_or_create(
        **card,
        status=Payment.Status.PENDING,
        defaults={
            "order": order, "amount": supplement.amount, "currency": order.currency, "created_at": now,
        },
    )  # fmt: skip
