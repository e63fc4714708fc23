"""Stripe: hosted Checkout with cards and wallets."""

from datetime import datetime

from django.conf import settings

from orders.providers.stripe import envelope
from orders.providers.stripe.wire import (
    capture,
    charges_since,
    create_refund,
    create_session,
    expire_session,
    forget_card,
    is_configured,
    let_go,
    refunds_of,
    saved_cards,
    session,
    session_of,
    undelivered_events,
)

__all__ = [
    "NAME",
    "SIGNATURE_HEADER",
    "TITLE",
    "asks_address",
    "capture",
    "charges_since",
    "create_refund",
    "create_session",
    "expire_session",
    "forget_card",
    "is_configured",
    "let_go",
    "opened",
    "refunds_of",
    "saved_cards",
    "session",
    "session_of",
    "takes_messages",
    "undelivered_events",
]

NAME = "stripe"
# As people call it.
TITLE = "Stripe"
SIGNATURE_HEADER = "Stripe-Signature"


# Where its page does not ask for an address to send to.
UNREACHED = frozenset(["AS", "CC", "CU", "CX", "FM", "HM", "IR", "KP", "MH", "MP", "NF", "PW", "SY", "UM", "VI"])


def asks_address(country: str) -> bool:
    return country not in UNREACHED


def takes_messages() -> bool:
    return bool(settings.STRIPE_SECRET_KEY and settings.STRIPE_WEBHOOK_SECRET)


def opened(raw: bytes, signature: str, now: datetime) -> dict:
    return envelope.opened(raw, signature, settings.STRIPE_WEBHOOK_SECRET, now)
