"""The payments of an order that was not paid yet and comes to another sum now."""

from datetime import datetime

from orders.actions.credit import ledger
from orders.actions.payment_ledger import record
from orders.models import CreditEntry, Order, Payment, PaymentEvent


def shrink(order: Order, now: datetime) -> None:
    """What gift cards and store credit paid beyond the new total is on them again; the last one first."""
    surplus = order.credit_total - order.total
    parts = order.payments.filter(account__isnull=False, status=Payment.Status.CAPTURED)
    given: dict[int, int] = {}
    for payment in parts.order_by("-pk"):
        if part := min(max(surplus, 0), payment.captured):
            given[payment.pk], surplus = part, surplus - part
    # Account by account, as everybody locks them.
    for payment in sorted((one for one in parts if one.pk in given), key=lambda one: one.account_id):
        part = given[payment.pk]
        Payment.objects.filter(pk=payment.pk).update(amount=payment.captured - part)
        ledger.put(payment.account_id, part, CreditEntry.Kind.RETURNED, now, payment=payment)
        record(payment, PaymentEvent.Kind.RETURNED, part, now)
    order.credit_total -= sum(given.values())


def follow(order: Order) -> None:
    """What is asked for in another way is what they leave; of what a card holds less is taken then."""
    open_states = [Payment.Status.PENDING, Payment.Status.AUTHORISED]
    Payment.objects.filter(order=order, account=None, status__in=open_states).update(amount=order.to_pay)


def is_whole(order: Order) -> bool:
    """Nothing is asked for any more: gift cards pay all of it."""
    return order.credit_total == order.total
