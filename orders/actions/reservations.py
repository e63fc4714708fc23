"""Letting go of pieces that somebody meant to buy and did not pay for."""

import logging
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from orders.actions import payments
from orders.actions.holds import HOLD
from orders.models import Order, Reservation

logger = logging.getLogger(__name__)


def release_expired(now: datetime) -> int:
    """Give up every pending order whose hold is over; returns how many are cancelled by it.

    The payment page is closed first, so nobody pays for pieces that are on sale again; an order that was paid in time
    is settled. Where the provider does not answer the hold stays, and the next tick asks again.
    """
    released = 0
    for order in expired(now):
        try:
            released += payments.give_up(order, now)
        except Exception:
            # One order that cannot be given up must not keep the pieces of all others.
            logger.exception("Order %s could not be given up", order.pk)
    return released


def expired(now: datetime):
    """Pending orders whose hold is over."""
    held = Reservation.objects.filter(line__order=OuterRef("pk"), status=Reservation.Status.HELD)
    over = Exists(held.filter(expires_at__lte=now))
    # Files and services hold no pieces, but their orders must not wait for ever either.
    late = Q(pay_until=None, created_at__lte=now - HOLD) | Q(pay_until__lte=now)
    forgotten = ~Exists(held) & late
    return Order.objects.filter(Q(over) | forgotten, status=Order.Status.PENDING).order_by("pk")
