"""Buying on account: the limit is kept when the order is placed, and who forgets is reminded kindly."""

import logging
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from customers.models import Customer
from orders import letters
from orders.models import Order
from orders.queries.on_account import owed, terms_of

logger = logging.getLogger(__name__)

# One letter some days before the day, one some days after it; older ones are for a person.
BEFORE, AFTER, LONG_AGO = timedelta(days=3), timedelta(days=4), timedelta(days=30)


class OverLimit(Exception):
    """The customer may not owe so much, or nothing at all."""


def claim(order: Order, now: datetime) -> None:
    """The step of placing an order on account: the limit holds, however many orders are placed at once.

    Sets `due_on`. Inside the transaction that has written the order and its payment; raises OverLimit.
    """
    # Who orders for the same customer waits here; rows that merely point at him do not.
    customer = Customer.objects.select_for_update(no_key=True).filter(pk=order.customer_id).first()
    terms = customer and terms_of(customer, order.currency)
    if not terms:
        raise OverLimit(order.pk)
    # His other orders, and the payment of this one if it is agreed already.
    others = owed(customer, order.currency)
    if others + order.to_pay > terms.limit:
        raise OverLimit(order.pk)
    order.due_on = localdate(now) + timedelta(days=terms.days)
    Order.objects.filter(pk=order.pk).update(due_on=order.due_on)


def standing(customer: Customer | None, currency: str) -> tuple[int, int]:
    """What he may owe and what he owes, in minor units; whoever changes either waits until this transaction is over."""
    customer = customer and Customer.objects.select_for_update(no_key=True).filter(pk=customer.pk).first()
    if customer is None:
        return 0, 0
    terms = terms_of(customer, currency)
    return terms.limit if terms else 0, owed(customer, currency)


def remind(now: datetime) -> int:
    """Write to those whose order on account was sent and is due soon, or was due; each letter once. How many wait."""
    today = localdate(now)
    sent = Order.objects.placed().filter(
        payment_status=Order.PaymentStatus.UNPAID,
        fulfilment_status__in=(Order.FulfilmentStatus.PARTLY, Order.FulfilmentStatus.FULFILLED),
    )
    soon = sent.filter(due_on__gte=today, due_on__lte=today + BEFORE)
    over = sent.filter(due_on__lte=today - AFTER, due_on__gte=today - LONG_AGO)
    for order in [*soon, *over]:
        try:
            letters.tell_due(order, is_over=order.due_on < today)
        except Exception:
            # One address that cannot be written to must not keep back the others.
            logger.exception("No reminder for order %s", order.pk)
    return soon.count() + over.count()
