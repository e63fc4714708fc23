"""Paying an order with gift cards and store credit, in the transaction that writes it: all of it, or none."""

from datetime import datetime

from orders.actions.credit import ledger
from orders.actions.payment_ledger import record
from orders.models import CreditEntry, Order, Payment, PaymentEvent
from orders.queries.credit import Means

Kind = CreditEntry.Kind


def spend(order: Order, parts: list[tuple[Means, int]], now: datetime) -> list[Payment]:
    """Pay these parts of a new order; gives their payments. Raises ledger.NotCovered; the caller rolls back then."""
    # Account by account in a fixed order: two orders that want the same cards must not wait for each other.
    payments = []
    for means, amount in sorted(parts, key=lambda part: part[0].account):
        payment = Payment.objects.create(
            order=order,
            method=means.kind,
            account_id=means.account,
            status=Payment.Status.CAPTURED,
            amount=amount,
            currency=order.currency,
            captured_at=now,
            closed_at=now,
            created_at=now,
        )
        ledger.take(means.account, amount, Kind.SPENT, now, payment=payment)
        record(payment, PaymentEvent.Kind.CAPTURED, amount, now)
        payments.append(payment)
    return payments


def give_back(order: Order, now: datetime) -> None:
    """The order never came about: what it held is on the cards again. Once, however often it is called."""
    for payment in _parts(order).filter(status=Payment.Status.CAPTURED):
        if not _turn(payment, Payment.Status.CAPTURED, status=Payment.Status.CANCELLED):
            continue
        ledger.put(payment.account_id, payment.amount, Kind.RETURNED, now, payment=payment)
        record(payment, PaymentEvent.Kind.RETURNED, payment.amount, now)


def spend_again(order: Order, now: datetime) -> None:
    """The order came back to life. Raises ledger.NotCovered when its cards were spent on something else meanwhile."""
    for payment in _parts(order).filter(status=Payment.Status.CANCELLED):
        _turn(payment, Payment.Status.CANCELLED, status=Payment.Status.CAPTURED)
        ledger.take(payment.account_id, payment.amount, Kind.SPENT, now, payment=payment)
        record(payment, PaymentEvent.Kind.CAPTURED, payment.amount, now)


def _parts(order: Order):
    """None, and no query, for an order that no card pays."""
    if not order.credit_total:
        return Payment.objects.none()
    return order.payments.filter(account__isnull=False).order_by("account_id")


def _turn(payment: Payment, was: str, **changes) -> int:
    return Payment.objects.filter(pk=payment.pk, status=was).update(**changes)
