"""Opening the payment page of a pending order."""

import logging
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from orders import providers
from orders.actions import holds, saved_cards
from orders.actions.locking import lock
from orders.actions.payments.request import session_params
from orders.actions.payments.trouble import NotPayable, PaymentUnavailable
from orders.models import Order, Payment, PaymentMethod, Supplement

logger = logging.getLogger(__name__)

# Stripe demands thirty minutes; the rest is for a lost answer, and for clocks that differ.
SESSION_LIFE = timedelta(minutes=35)
# The pieces outlast the page, so that who pays in its last second still gets them.
GRACE = timedelta(minutes=5)
# What a second try can mend: its time had passed before any call arrived, Stripe likes an address less than we do, or
# it knows the customer no longer.
MENDABLE = ("expires_at", "customer_email", "customer")


def begin_card_payment(order: Order, success_url: str, cancel_url: str, now: datetime | None = None) -> str:
    """Open a payment page for an order that waits for a card and give its address; called again, the same address.

    Raises PaymentUnavailable when Stripe cannot be asked: the order stays as it is, and the next call goes on where
    this one stopped. Raises NotPayable when the order does not wait for a card payment any more.
    """
    now = now or timezone.now()
    payment = _intend(order, {"success_url": success_url, "cancel_url": cancel_url}, now)
    if payment.session_url:
        return payment.session_url
    try:
        return _keep(payment, _open(payment))
    except providers.Refused as refusal:
        if refusal.param in MENDABLE:
            if refusal.param == "customer":
                saved_cards.forget_customer(order)
            return _once_more(_renew(payment, now, knows_email=refusal.param != "customer_email"))
        logger.error("Stripe refuses to open a payment page: %s", refusal)
        raise PaymentUnavailable(str(refusal)) from refusal
    except PaymentUnavailable as trouble:
        # Stripe would repeat its own fault under this key for a day.
        if trouble.answered:
            _renew(payment, now)
        raise


@transaction.atomic(durable=True)
def _intend(order: Order, addresses: dict, now: datetime) -> Payment:
    """Write down what Stripe will be asked, unless it is written already."""
    waiting = order.payments.filter(method=PaymentMethod.Code.CARD, status=Payment.Status.PENDING).first()
    if waiting is None:
        raise NotPayable("No card payment is waiting.")
    order, payment = lock(waiting)
    is_over = payment.session_id and payment.expires_at <= now
    if is_over or payment.status != Payment.Status.PENDING or not _waits(order, payment):
        raise NotPayable("The order was paid or cancelled, or its time is over.")
    if payment.request is None:
        _ask_for(payment, addresses, now)
    return payment


@transaction.atomic(durable=True)
def _renew(used: Payment, now: datetime, knows_email: bool = True) -> Payment:
    """A new key and a later end for an intent of which nobody has the page; another tab may have been faster."""
    _, payment = lock(used)
    if payment.idempotency_key == used.idempotency_key and not payment.session_id:
        payment.idempotency_key = uuid.uuid4()
        _ask_for(payment, used.request, now, knows_email)
    return payment


def _waits(order: Order, payment: Payment) -> bool:
    """Whether the order waits for this money: to be placed, or for what was added to it since."""
    if payment.supplement_id:
        return order.status == Order.Status.PLACED and payment.supplement.is_open
    if order.status == Order.Status.PLACED:
        # A card let go of its money; see `again`.
        return order.payment_status == Order.PaymentStatus.UNPAID
    return order.status == Order.Status.PENDING


def _ask_for(payment: Payment, addresses: dict, now: datetime, knows_email: bool = True) -> None:
    # Whoever got the link in a letter may leave the page and come back, as long as his pieces are held.
    payment.expires_at = max(now + SESSION_LIFE, payment.order.pay_until or now)
    payment.request = session_params(payment, addresses["success_url"], addresses["cancel_url"])
    if not knows_email:
        # The buyer types it on Stripe's page instead.
        payment.request.pop("customer_email", None)
    payment.save(update_fields=["idempotency_key", "expires_at", "request"])
    holds.extend(payment.order, payment.expires_at + GRACE)
    if payment.supplement_id:
        ends = payment.expires_at + GRACE
        Supplement.objects.filter(pk=payment.supplement_id, expires_at__lt=ends).update(expires_at=ends)


def _open(payment: Payment) -> dict:
    return providers.create_session(payment.request, str(payment.idempotency_key))


def _once_more(payment: Payment) -> str:
    try:
        return payment.session_url or _keep(payment, _open(payment))
    except providers.Refused as refusal:
        raise PaymentUnavailable(str(refusal)) from refusal


def _keep(payment: Payment, session: dict) -> str:
    """Store the page's address; of two that were opened at once only the stored one stays open."""
    Payment.objects.filter(pk=payment.pk, status=Payment.Status.PENDING, session_id=None).update(
        session_id=session["id"], session_url=session["url"]
    )
    payment.refresh_from_db()
    if payment.session_id != session["id"] or payment.status == Payment.Status.CANCELLED:
        _close_quietly(session["id"])
    if payment.status != Payment.Status.PENDING:
        raise NotPayable("The order was given up while its payment page was opened.")
    return payment.session_url


def _close_quietly(session_id: str) -> None:
    """Nobody knows this page's address; open or not, it cannot be paid."""
    try:
        providers.expire_session(session_id)
    except (providers.Refused, providers.Unavailable) as trouble:
        logger.warning("A payment page that nobody needs stays open: %s", trouble)
