"""What the writing desk listens to: what happens below becomes facts of the log, goods that are back wake the notices.

A fact is written in the transaction of what happened, with one statement; whose it is, is worked out after the commit.
"""

import logging
from datetime import datetime

from django.dispatch import receiver
from django.utils import timezone

from catalog import events as shelves
from customers import events as guest_book
from customers.models import Consent
from marketing import presence
from marketing.actions import leaving
from marketing.actions.events import record
from marketing.actions.profiles import stir
from marketing.models import Event, Notice, Profile
from marketing.tasks import know_who_bought, release_notices
from orders import events
from orders.models import Cart, CartLine, Order

logger = logging.getLogger(__name__)
Type = Event.Type
OF_ORDERS = {
    events.order_begun: Type.CHECKOUT_STEP,
    events.order_placed: Type.ORDERED,
    events.order_paid: Type.PAID,
    events.order_cancelled: Type.CANCELLED,
    events.order_shipped: Type.SHIPPED,
    events.order_delivered: Type.DELIVERED,
    events.order_refunded: Type.REFUNDED,
}
# A browser is told of where its owner is at work himself; a colleague or a bank has one, too.
BY_THE_BUYER = (Type.CHECKOUT_STEP, Type.ORDERED)


@receiver(events.order_noted)
def note_order(news, order: Order, moment: datetime, key, amount: int | None, **kwargs) -> None:
    type = OF_ORDERS.get(news)
    if type is None:
        return
    record(
        type,
        f"{type}:{key or order.pk}",
        visitor=presence.current() if type in BY_THE_BUYER else None,
        email=order.email,
        order=order,
        text="payment" if type == Type.CHECKOUT_STEP else "",
        value=order.total if amount is None else amount,
        currency=order.currency,
        occurred_at=moment,
    )


@receiver(events.cart_noted)
def note_cart(cart: Cart, line: CartLine, variant, pieces: int, moment: datetime, **kwargs) -> None:
    if cart.channel == Cart.Channel.PHONE:
        # A colleague types what somebody wants by telephone.
        return
    record(
        Type.ADDED if pieces > 0 else Type.REMOVED,
        visitor=presence.current(),
        product_id=variant.product_id if variant else None,
        text=variant.sku if variant else "",
        value=abs(pieces) * (line.seen_price + line.seen_extra),
        currency=cart.currency,
        occurred_at=moment,
    )


@receiver(events.order_placed)
def know_who_ordered(order_id: int, **kwargs) -> None:
    """A worker does it, so that nobody waits for it who orders. The clock finds those of which none could be told
    (`actions.evaluating`)."""
    try:
        know_who_bought.apply_async((order_id,), retry=False)
    except Exception as error:
        logger.warning("No worker could be told of order %s: %s", order_id, type(error).__name__)


@receiver([events.order_paid, events.order_cancelled, events.order_shipped, events.order_refunded])
def stir_buyer(order_id: int, **kwargs) -> None:
    stir(list(Profile.objects.filter(purchases__order=order_id).values_list("pk", flat=True)))


@receiver(guest_book.consent_changed)
def follow_consent(consent: Consent, **kwargs) -> None:
    """A fact of the log; and who leaves gets nothing of what is planned, from this very transaction on."""
    if consent.purpose != Consent.Purpose.MARKETING or consent.status == Consent.Status.PENDING:
        return
    said_yes = consent.status == Consent.Status.GRANTED
    type = Type.SUBSCRIBED if said_yes else Type.UNSUBSCRIBED
    record(type, email=consent.email, text=consent.channel, occurred_at=consent.created_at)
    if not said_yes:
        leaving.stop(consent.email, consent.channel, consent.created_at)
    Profile.objects.filter(email=consent.email).update(dirty_at=consent.created_at)


@receiver(guest_book.address_barred)
def follow_bar(email: str, **kwargs) -> None:
    leaving.stop(email, Consent.Channel.EMAIL, timezone.now(), "suppressed")


@receiver(shelves.stock_changed)
def wake_notices(product_ids: list[int], **kwargs) -> None:
    """Somebody waits for one of these: look at once, and not at the next tick. The clock finds what is missed here."""
    if Notice.objects.filter(variant__product__in=product_ids, status=Notice.Status.WAITING).exists():
        release_notices.apply_async(retry=False)
