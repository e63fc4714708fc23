"""What came of a refund: rows, stock, history and the letter, in one transaction."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from catalog.models import Product
from catalog.money import format_minor
from orders import events, letters, providers
from orders.actions import credit, fulfilment, holds, refund_parts
from orders.actions.history import announce, note
from orders.actions.invoicing.crediting import credit_when_owed
from orders.actions.locking import lock
from orders.actions.payment_ledger import record
from orders.models import Order, OrderEvent, OrderLine, Payment, PaymentEvent, Refund

Status = Refund.Status


def hear(refund: Refund, told: dict, now: datetime) -> None:
    """Take in what Stripe says of a refund of ours. Known news change nothing."""
    if told["status"] == "succeeded":
        _succeed(refund, told["id"], now)
    elif told["status"] in ("failed", "canceled"):
        fail(refund, told.get("failure_reason") or told["status"], now)
    else:
        # The bank is at work; the webhook or the clock brings the rest.
        Refund.objects.filter(pk=refund.pk, provider_id=None).update(provider_id=told["id"])


@transaction.atomic
def _succeed(refund: Refund, provider_id: str | None, now: datetime) -> None:
    order, payment = lock(refund.payment)
    changed = Refund.objects.filter(pk=refund.pk, status=Status.REQUESTED).update(
        status=Status.SUCCEEDED, provider_id=provider_id, error=""
    )
    if changed:
        if refund.restock:
            _put_back(order, str(refund.actor or ""))
        refund_parts.put_back(order, refund)
        credit.lock_cards_of(order, payment)
        if payment.account_id or refund.to_credit:
            credit.refund_to_credit(order, payment, refund, now)
        record(
            payment, PaymentEvent.Kind.REFUNDED, refund.amount, now, provider_id or f"refund {refund.pk}", refund.reason
        )
        _tell(order, payment, refund, now)


@transaction.atomic
def fail(refund: Refund, error: str, now: datetime) -> None:
    """It did not go back, and may be tried anew; staff see it. Also for one that had seemed to succeed."""
    order, payment = lock(refund.payment)
    changed = (
        Refund.objects.filter(pk=refund.pk)
        .exclude(status=Status.FAILED)
        .update(status=Status.FAILED, error=error[:300])
    )
    if changed:
        record(payment, PaymentEvent.Kind.REFUND_FAILED, refund.amount, now, f"refund {refund.pk}", error)
        refund_parts.let_go(order, refund)
        _restate(order, payment)
        words = {"amount": _written(payment, refund), "error": error}
        note(order, OrderEvent.Type.INCIDENT, now, _("Refund of %(amount)s failed: %(error)s") % words, refund.actor)


@transaction.atomic
def note_foreign(payment: Payment, told: dict, now: datetime) -> None:
    """Record a refund that somebody made at Stripe itself; more than is left of the payment is an incident."""
    order, payment = lock(payment)
    if told["status"] in ("failed", "canceled") or payment.refunds.filter(provider_id=told["id"]).exists():
        return
    if told["amount"] > payment.refundable:
        _too_much(order, told, now)
        return
    refund = Refund.objects.create(
        payment=payment,
        amount=told["amount"],
        goodwill=told["amount"],
        reason=_("Made at %(provider)s.") % {"provider": providers.title()},
        status=Status.SUCCEEDED,
        provider_id=told["id"],
        created_at=now,
    )
    for kind in (PaymentEvent.Kind.REFUND_ASKED, PaymentEvent.Kind.REFUNDED):
        record(payment, kind, refund.amount, now, told["id"], refund.reason)
    _tell(order, payment, refund, now)


def _too_much(order: Order, told: dict, now: datetime) -> None:
    text = _("%(provider)s gave back more than is recorded here: refund %(id)s.") % {
        "id": told["id"],
        "provider": providers.title(),
    }
    if not order.events.filter(type=OrderEvent.Type.INCIDENT, text=text).exists():
        note(order, OrderEvent.Type.INCIDENT, now, text)


def _tell(order: Order, payment: Payment, refund: Refund, now: datetime) -> None:
    _restate(order, payment)
    _recall_cards(order, refund, now)
    note(order, OrderEvent.Type.REFUNDED, now, f"{_written(payment, refund)} {refund.reason}".strip(), refund.actor)
    credit_when_owed(order, now)
    never_placed = order.status == Order.Status.CANCELLED and order.placed_at is None
    letters.tell_refunded(order, refund, nothing_left=never_placed)
    announce(events.order_refunded, order, now, refund.pk, refund.amount)


def _recall_cards(order: Order, refund: Refund, now: datetime) -> None:
    """Whoever has his money back has no gift card for it."""
    if order.payment_status == Order.PaymentStatus.REFUNDED:
        credit.recall(order, now, refund.actor)
        return
    for row in refund.lines.filter(line__kind=Product.Kind.GIFT_CARD):
        if row.quantity:
            credit.recall(order, now, refund.actor, row.line_id, row.quantity)
        else:
            credit.take_off_sold(row.line_id, row.gross, now, refund.actor)


def _restate(order: Order, payment: Payment) -> None:
    """The order's payment status follows from what really went back, of all its payments together."""
    if order.paid_at is None:
        # Called off when only its gift card had been taken.
        return
    gone = Refund.objects.filter(payment__order=order, status=Status.SUCCEEDED, payment__is_surplus=False)
    back = gone.aggregate(sum=Sum("amount"))["sum"] or 0
    captured = order.payments.filter(is_surplus=False).aggregate(sum=Sum("captured"))["sum"] or 0
    states = Order.PaymentStatus
    state = states.PAID if not back else states.REFUNDED if back >= captured else states.PARTLY_REFUNDED
    Order.objects.filter(pk=order.pk).update(payment_status=state)
    order.payment_status = state


def _put_back(order: Order, actor: str) -> None:
    """Held pieces are on sale again, sent ones are back on the shelf; nobody packs the order any more."""
    holds.release(order)
    holds.restock(order, actor=actor)
    for line in order.lines.all():
        if line.left:
            OrderLine.objects.filter(pk=line.pk).update(cancelled=F("cancelled") + line.left)
    fulfilment.restate(order)


def _written(payment: Payment, refund: Refund) -> str:
    return format_minor(refund.amount, payment.currency, "en")
