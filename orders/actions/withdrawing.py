"""An order that never came about: the shopper changed his mind, or did not pay in time."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from catalog.actions.stock import SoldOut
from orders.actions import credit, holds, promotions, wishes
from orders.actions.history import note
from orders.models import Order, OrderEvent, Payment


@transaction.atomic
def withdraw(order: Order, reason: str, now: datetime) -> bool:
    """Cancel a pending order: its pieces are on sale again, its waiting payment is cancelled.

    The half of `payments.give_up` that needs no provider; call it only once nobody can pay any more. False, and
    nothing changed, when the order is no longer pending.
    """
    # First: whoever has the order's row may touch its payment and its pieces.
    changed = Order.objects.filter(pk=order.pk, status=Order.Status.PENDING).update(
        status=Order.Status.CANCELLED, cancelled_at=now
    )
    if not changed:
        return False
    Payment.objects.filter(order=order, status=Payment.Status.PENDING).update(status=Payment.Status.CANCELLED)
    holds.release(order)
    promotions.release(order, now)
    credit.give_back(order, now)
    wishes.release(order)
    note(order, OrderEvent.Type.CANCELLED, now, reason)
    return True


@transaction.atomic
def restore(order: Order, now: datetime) -> bool:
    """Make a withdrawn order pending again because its money came late; its payment's row is the caller's.

    False, and nothing changed, when its pieces are sold or its code is used up, when its cart has another order, when
    it was agreed before (and cancelled by a person), or when it is not cancelled. After True the caller places it in
    the same transaction.
    """
    order = Order.objects.select_for_update().get(pk=order.pk)
    if order.status != Order.Status.CANCELLED or order.placed_at is not None or _has_a_rival(order):
        return False
    try:
        with transaction.atomic():
            holds.take_again(order, now + holds.HOLD)
            promotions.claim_again(order)
            credit.spend_again(order, now)
            wishes.claim_again(order)
            Order.objects.filter(pk=order.pk, status=Order.Status.CANCELLED).update(
                status=Order.Status.PENDING, cancelled_at=None
            )
    except (SoldOut, promotions.UsedUp, credit.NotCovered, IntegrityError):
        # Sold or used up meanwhile, or the cart was ordered anew between our look and our change.
        return False
    note(order, OrderEvent.Type.REMARK, now, _("The payment came late; the pieces were still there."))
    return True


def _has_a_rival(order: Order) -> bool:
    return (
        order.cart_id is not None
        and Order.objects.filter(cart=order.cart_id).exclude(status=Order.Status.CANCELLED).exists()
    )
