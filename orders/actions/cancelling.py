"""Calling an order off before it was sent."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from customers.models import Customer
from orders import events, letters
from orders.actions import credit, holds, paying_back, payments, promotions, refund_parts, refunds, wishes
from orders.actions.history import announce, note
from orders.actions.invoicing.crediting import credit_when_owed
from orders.actions.supplements import ending
from orders.models import Order, OrderEvent, Payment, Refund


class AlreadyShipped(Exception):
    """A parcel is on its way: what is called off now comes back as a return."""


class BeingPaid(Exception):
    """The buyer's bank is at work on it right now; in a few minutes it is paid or can be cancelled."""


def cancel(order: Order, reason: str, actor: Customer | None = None, now: datetime | None = None) -> Order:
    """Cancel an order that was not sent: pieces back on sale, money back, the buyer told, `order_cancelled` announced.

    The refunds are written down with the cancellation and sent to the provider after it, so that none is forgotten. A
    pending order is given up. A cancelled one is returned as it is. Raises AlreadyShipped, BeingPaid, or for a pending
    card order payments.PaymentUnavailable; nothing has changed then.
    """
    now = now or timezone.now()
    order.refresh_from_db()
    if order.status == Order.Status.PENDING:
        # Who has paid meanwhile has a placed order: that one is cancelled below.
        payments.give_up(order, now, reason)
        if order.status == Order.Status.PENDING:
            raise BeingPaid(order.pk)
    for refund in _cancel(order, reason, actor, now):
        refunds.send(refund, now)
    for held in order.payments.filter(status=Payment.Status.CANCELLED, closed_at=None, authorised__gt=0):
        payments.let_go_quietly(held, now)
    order.refresh_from_db()
    return order


@transaction.atomic
def _cancel(order: Order, reason: str, actor: Customer | None, now: datetime) -> list[Refund]:
    order.refresh_from_db(from_queryset=Order.objects.select_for_update())
    if order.status != Order.Status.PLACED:
        # Given up just now, or cancelled before; a pending one waits for the buyer's bank.
        return []
    if order.shipments.exists():
        raise AlreadyShipped(order.pk)
    # What was added and is not paid goes first: the order is then what its payments paid for.
    ending.drop(order, now)
    order.status, order.cancelled_at = Order.Status.CANCELLED, now
    Order.objects.filter(pk=order.pk, status=Order.Status.PLACED).update(
        status=order.status, cancelled_at=order.cancelled_at
    )
    holds.release(order)
    holds.restock(order, actor=str(actor or ""))
    promotions.release(order, now)
    credit.recall(order, now, actor)
    wishes.release(order)
    note(order, OrderEvent.Type.CANCELLED, now, reason, actor)
    was_held = order.payment_status == Order.PaymentStatus.AUTHORISED
    requested = _money_back(order, reason, actor, now)
    credit_when_owed(order, now)
    letters.tell_cancelled(order, sum(refund.amount for refund in requested), was_held)
    announce(events.order_cancelled, order, now)
    return requested


def _money_back(order: Order, reason: str, actor: Customer | None, now: datetime) -> list[Refund]:
    # What a card holds is let go of after the commit: by us, or if we are killed by the clock.
    waiting = order.payments.filter(status__in=[Payment.Status.PENDING, Payment.Status.AUTHORISED])
    waiting.update(status=Payment.Status.CANCELLED)
    if order.payment_status == Order.PaymentStatus.AUTHORISED:
        Order.objects.filter(pk=order.pk).update(payment_status=Order.PaymentStatus.UNPAID)
        order.payment_status = Order.PaymentStatus.UNPAID
    requested = []
    left = returns(order)
    for payment in paying_back.giving(order):
        amount = min(left, payment.refundable)
        left -= amount
        if not amount:
            continue
        # What the payment before it gave back is no longer to be given.
        order.refresh_from_db(fields=["delivery_refunded_net", "delivery_refunded_tax"])
        parts = refund_parts.everything(order, amount)
        requested.append(refunds.request(payment, parts, reason, actor, now=now))
    return requested


def returns(order: Order) -> int:
    """What calling the order off gives back (minor units): all that was paid, but for gift cards that were spent."""
    return max(0, paying_back.available(order) - refund_parts.spent_of(order))
