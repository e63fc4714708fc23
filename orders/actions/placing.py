"""The moment an order is agreed: it gets its number, its cart is closed, its confirmation is written."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from catalog.prepared import Change
from customers.models import Customer
from orders import events, letters, texts
from orders.actions import credit, holds
from orders.actions.history import announce, begun_and_placed, note
from orders.actions.invoicing.issuing import issue_when_due
from orders.actions.numbers import next_number
from orders.models import Cart, CartLine, Order, OrderEvent


class NotPending(Exception):
    """The order was cancelled: it cannot be placed."""


@transaction.atomic
def mark_placed(order: Order, now: datetime, actor: Customer | None = None) -> Order:
    """Place a pending order: number, date, cart closed, pieces kept, confirmation written in this transaction.

    Announces `order_placed` after the commit. An order that is placed already is returned as it is; raises NotPending
    for a cancelled one. The given instance is brought up to date.
    """
    order.refresh_from_db(from_queryset=Order.objects.select_for_update())
    if order.status == Order.Status.PLACED:
        return order
    if order.status != Order.Status.PENDING:
        raise NotPending(order.pk)
    holds.keep(order)
    return _agreed(order, now, actor)


def place_new(order: Order, now: datetime) -> Order:
    """`mark_placed` for an order that was written in this very transaction, its pieces held without an end.

    Its history begins here.
    """
    return _agreed(order, now, is_new=True)


def _agreed(order: Order, now: datetime, actor: Customer | None = None, is_new: bool = False) -> Order:
    _close_cart(order, now)
    number = next_number()
    _PLACE(pk=order.pk, number=number, now=now)
    order.status, order.number, order.placed_at = Order.Status.PLACED, number, now
    if is_new:
        begun_and_placed(order, now)
    else:
        note(order, OrderEvent.Type.PLACED, now, number, actor)
    letters.confirm(order, is_new)
    texts.tell_placed(order, now)
    announce(events.order_placed, order, now)
    return order


_PLACE = Change(
    lambda pk, number, now: (
        Order.objects.filter(pk=pk, status=Order.Status.PENDING),
        {"status": Order.Status.PLACED, "number": number, "placed_at": now},
    )
)


@transaction.atomic
def note_paid(order: Order, now: datetime, actor: Customer | None = None, text: str = "") -> bool:
    """All of a placed order's money is there; its Payment row is the caller's business.

    What needs no parcel is handed over now, so it leaves the stock. Announces `order_paid` after the commit. False, and
    nothing changed, when the order is not placed, or is paid.
    """
    changed = _waiting(order, Order.PaymentStatus.UNPAID, Order.PaymentStatus.AUTHORISED).update(
        payment_status=Order.PaymentStatus.PAID, paid_at=now
    )
    if not changed:
        return False
    order.payment_status, order.paid_at = Order.PaymentStatus.PAID, now
    if not order.needs_delivery:
        holds.ship(order)
    credit.issue_sold(order, now)
    note(order, OrderEvent.Type.PAID, now, text, actor)
    issue_when_due(order, now)
    announce(events.order_paid, order, now)
    return True


@transaction.atomic
def note_held(order: Order, now: datetime, text: str = "") -> bool:
    """A card holds a placed order's money: it may be packed. False, and nothing changed, when it is not unpaid."""
    changed = _waiting(order, Order.PaymentStatus.UNPAID).update(payment_status=Order.PaymentStatus.AUTHORISED)
    if changed:
        order.payment_status = Order.PaymentStatus.AUTHORISED
        note(order, OrderEvent.Type.HELD, now, text)
    return bool(changed)


def _waiting(order: Order, *states: str):
    return Order.objects.filter(pk=order.pk, status=Order.Status.PLACED, payment_status__in=states)


def _close_cart(order: Order, now: datetime) -> None:
    closed = order.cart_id and _CLOSE(pk=order.cart_id, now=now)
    if not closed and order.cart and order.cart.merged_into_id:
        _take_out(order, order.cart.merged_into_id)


_CLOSE = Change(lambda pk, now: (Cart.objects.open().filter(pk=pk), {"status": Cart.Status.ORDERED, "ordered_at": now}))


def _take_out(order: Order, cart_id) -> None:
    """The shopper signed in while he paid: what he bought is not left lying in the cart that his went into."""
    for line in order.lines.exclude(variant=None):
        lying = CartLine.objects.filter(cart=cart_id, cart__status=Cart.Status.OPEN)
        lying = lying.filter(variant=line.variant_id, answers_key=line.answers_key, wish=line.wish_id)
        if not lying.filter(quantity__gt=line.quantity).update(quantity=F("quantity") - line.quantity):
            lying.delete()
