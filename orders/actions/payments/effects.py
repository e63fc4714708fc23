"""What an event means for us. Only the listed kinds mean anything; where order matters, Stripe is asked afresh."""

import uuid
from datetime import datetime

from django.utils.translation import gettext as _

from orders import providers
from orders.actions import refunds
from orders.actions.payments import disputes
from orders.actions.payments.asking import ask
from orders.actions.payments.looking import look
from orders.actions.payments.settling import settle
from orders.models import Payment, PaymentMethod, ProviderEvent

SESSION_NEWS = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
)
HOLD_NEWS = (
    "payment_intent.amount_capturable_updated",
    "payment_intent.canceled",
    "charge.captured",
    "charge.expired",
)
REFUND_NEWS = ("charge.refunded", "refund.created", "refund.updated", "refund.failed")
KNOWN = SESSION_NEWS + HOLD_NEWS + REFUND_NEWS + disputes.NEWS

Status = ProviderEvent.Status


def effect_of(event: ProviderEvent, now: datetime) -> tuple[str, str]:
    """Do what the event calls for; gives its status and what came of it, in words."""
    told = event.payload["data"]["object"]
    if event.type in SESSION_NEWS:
        return _session_news(told, now)
    if event.type in HOLD_NEWS:
        return _hold_news(told, now)
    if event.type in REFUND_NEWS:
        return _refund_news(told, now)
    if event.type in disputes.NEWS:
        return _dispute_news(told, now)
    return Status.IGNORED, _("Nothing that we act on.")


def _session_news(session: dict, now: datetime) -> tuple[str, str]:
    payment = _payment_of(session)
    if payment is None:
        return _stray(session)
    if session.get("payment_status") != "paid" or payment.is_taken_later:
        # Whether it is held is said by its payment intent, which the news only names.
        fate = look(payment, now, session["id"])
        return Status.DONE, _("Payment %(pk)s: %(fate)s") % {"pk": payment.pk, "fate": fate}
    # Nothing later takes that back, so the signed word is enough.
    if settle(payment, session, now):
        return Status.DONE, _("Payment %(pk)s is received.") % {"pk": payment.pk}
    return Status.SET_ASIDE, _("Payment %(pk)s: this is not the money that was due.") % {"pk": payment.pk}


def _hold_news(told: dict, now: datetime) -> tuple[str, str]:
    """`told` is a payment intent or a charge; what it says may be old, so Stripe is asked."""
    intent = told.get("id") if told.get("object") == "payment_intent" else told.get("payment_intent")
    payment = _payment_by_intent(intent) if isinstance(intent, str) else None
    if payment is None:
        return Status.IGNORED, _("No payment of ours.")
    if payment.closed_at is not None or not payment.is_taken_later:
        return Status.DONE, _("Payment %(pk)s: %(fate)s") % {"pk": payment.pk, "fate": payment.status}
    return Status.DONE, _("Payment %(pk)s: %(fate)s") % {"pk": payment.pk, "fate": look(payment, now)}


def _refund_news(told: dict, now: datetime) -> tuple[str, str]:
    """`told` is a charge or a refund; either may come before the news of the payment itself."""
    payment = _captured(told, now)
    if payment is None:
        return Status.IGNORED, _("No payment of ours.")
    refunds.learn(payment, now)
    return Status.DONE, _("Refunds of payment %(pk)s are known.") % {"pk": payment.pk}


def _dispute_news(told: dict, now: datetime) -> tuple[str, str]:
    payment = _captured(told, now)
    if payment is None:
        return Status.IGNORED, _("No payment of ours.")
    turn = disputes.learn_dispute(payment, told, now)
    return Status.DONE, _("Payment %(pk)s: %(fate)s") % {"pk": payment.pk, "fate": turn}


def _captured(told: dict, now: datetime) -> Payment | None:
    """Our payment of a charge, refund or dispute, asked about first when its own news is still to come."""
    intent = told.get("payment_intent")
    payment = _payment_by_intent(intent) if isinstance(intent, str) else None
    if payment and payment.status != Payment.Status.CAPTURED:
        ask(payment, now)
    return payment


def _payment_by_intent(intent: str) -> Payment | None:
    if known := Payment.objects.filter(intent_id=intent).first():
        return known
    session = providers.session_of(intent)
    return Payment.objects.filter(session_id=session["id"]).first() if session else None


def _payment_of(session: dict) -> Payment | None:
    """By the session that we stored; for money whose session's answer we lost, by what we sent along."""
    if known := Payment.objects.filter(session_id=session["id"]).first():
        return known
    if session.get("payment_status") != "paid" and session.get("status") != "complete":
        return None
    sent = session.get("metadata") or {}
    try:
        wanted = {"pk": int(sent["payment"]), "order__uid": uuid.UUID(sent["order"])}
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
    return Payment.objects.filter(method=PaymentMethod.Code.CARD, **wanted).first()


def _stray(session: dict) -> tuple[str, str]:
    """A session we do not know. The Stripe account may serve others; money that names an order of ours is no stray."""
    if session.get("payment_status") == "paid" and "order" in (session.get("metadata") or {}):
        return Status.SET_ASIDE, _("Money came for an order that does not exist here.")
    return Status.IGNORED, _("No payment of ours.")
