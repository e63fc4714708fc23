"""Money going back. The wish is a row first; the provider is asked afterwards, outside of any transaction."""

import logging
import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.models import Customer
from orders import providers
from orders.actions import refund_parts
from orders.actions.history import in_our_language
from orders.actions.locking import lock
from orders.actions.payment_ledger import record
from orders.actions.refund_outcomes import fail, hear, note_foreign
from orders.actions.refund_parts import Parts, PartTooLarge
from orders.models import Payment, PaymentEvent, PaymentMethod, Refund

__all__ = ["PartTooLarge", "Parts", "RefundTooLarge", "learn", "refund", "request", "send"]

logger = logging.getLogger(__name__)


class RefundTooLarge(Exception):
    """More was to go back than came in and is still here; `available` is what is (minor units)."""

    def __init__(self, available: int) -> None:
        super().__init__(available)
        self.available = available


def refund(
    payment: Payment,
    what: int | Parts,
    reason: str,
    actor: Customer | None = None,
    restock: bool = False,
    now: datetime | None = None,
    to_credit: bool = False,
) -> Refund:
    """Give parts of an order, or an amount out of goodwill, back; with `restock` all goods go back on sale too.

    With `to_credit` it becomes store credit of the customer (for a guest a gift card by mail); what a gift card paid
    goes back on that card.

    Look at the status of what is returned: SUCCEEDED (the buyer is told, `order_refunded` announced), FAILED (`error`
    says why, and nothing went back), or REQUESTED while the provider is away: the clock repeats it, it acts once.
    Raises RefundTooLarge, PartTooLarge, ValueError for an amount below one; nothing has changed then.
    """
    with transaction.atomic(durable=True):
        wish = request(payment, what, reason, actor, restock, now, to_credit)
    return send(wish, now)


@transaction.atomic
def request(
    payment: Payment,
    what: int | Parts,
    reason: str,
    actor: Customer | None = None,
    restock: bool = False,
    now: datetime | None = None,
    to_credit: bool = False,
) -> Refund:
    """Write down a refund, to be carried out by `send` after the commit.

    Raises RefundTooLarge, PartTooLarge, ValueError.
    """
    parts = what if isinstance(what, Parts) else Parts(goodwill=what)
    order, payment = lock(payment)
    priced = refund_parts.price(order, parts)
    if priced.amount < 1:
        raise ValueError("A refund is of at least one minor unit.")
    if priced.amount > payment.refundable:
        raise RefundTooLarge(payment.refundable)
    now = now or timezone.now()
    refund = Refund.objects.create(
        payment=payment,
        reason=reason[:200],
        actor=actor,
        restock=restock,
        to_credit=to_credit,
        created_at=now,
        **priced.sums(),
    )
    record(payment, PaymentEvent.Kind.REFUND_ASKED, refund.amount, now, f"refund {refund.pk}", refund.reason)
    refund_parts.take(order, refund, priced)
    return refund


def send(wish: Refund, now: datetime | None = None, again: bool = False) -> Refund:
    """Carry out a refund that was written down, once however often it is called.

    `again`: an earlier call may have arrived without our hearing of it, so Stripe is asked for it first; raises
    PaymentUnavailable then. The first time, a provider that is away leaves it REQUESTED.
    """
    now = now or timezone.now()
    try:
        with in_our_language():
            _send(wish, now, again)
    except providers.Unavailable as trouble:
        logger.warning("Refund %s waits: %s", wish.pk, trouble)
        if trouble.answered:
            # Stripe would repeat its own fault under this key for a day.
            Refund.objects.filter(pk=wish.pk).update(idempotency_key=uuid.uuid4())
        if again:
            raise
    wish.refresh_from_db()
    return wish


def learn(payment: Payment, now: datetime) -> None:
    """Take over what Stripe knows of a payment's refunds: ours that came through or failed, and those made there.

    Raises PaymentUnavailable.
    """
    payment.refresh_from_db()
    if payment.status != Payment.Status.CAPTURED or not payment.intent_id:
        return
    for number, told in enumerate(reversed(providers.refunds_of(payment.intent_id))):
        if ours := _ours(payment, told):
            hear(ours, told, now)
        elif number or not _is_release(payment, told):
            note_foreign(payment, told, now)


def _is_release(payment: Payment, told: dict) -> bool:
    """Stripe tells of what was held and not taken as of a refund, the first of all."""
    return bool(payment.cancelled) and told["amount"] == payment.cancelled


def _send(wish: Refund, now: datetime, again: bool) -> None:
    payment = wish.payment
    if wish.status != Refund.Status.REQUESTED:
        return
    if payment.method != PaymentMethod.Code.CARD or wish.to_credit:
        hear(wish, {"id": None, "status": "succeeded"}, now)
    elif not payment.intent_id:
        fail(wish, _("%(provider)s knows nothing of this payment.") % {"provider": providers.title()}, now)
    elif told := _told_before(wish) if again else None:
        hear(wish, told, now)
    else:
        _ask(wish, now)


def _ask(wish: Refund, now: datetime) -> None:
    params = {
        "payment_intent": wish.payment.intent_id,
        "amount": wish.amount,
        "metadata": {"refund": str(wish.pk)},
    }
    try:
        told = providers.create_refund(params, str(wish.idempotency_key))
    except providers.Refused as refusal:
        fail(wish, str(refusal), now)
        # Most likely somebody gave the money back at Stripe itself.
        learn(wish.payment, now)
    else:
        hear(wish, told, now)


def _told_before(wish: Refund) -> dict | None:
    said = providers.refunds_of(wish.payment.intent_id)
    return next((told for told in said if _ours(wish.payment, told) == wish), None)


def _ours(payment: Payment, told: dict) -> Refund | None:
    """Our row for a refund of Stripe's: by its id, or by the number we sent along when its answer was lost."""
    if known := payment.refunds.filter(provider_id=told["id"]).first():
        return known
    sent = str((told.get("metadata") or {}).get("refund", ""))
    return payment.refunds.filter(pk=int(sent)).first() if sent.isdecimal() and len(sent) < 18 else None
