"""Events on their way to the shop: bytes and their signature."""

import hashlib
import hmac
import json
from datetime import datetime
from typing import NamedTuple

# What an endpoint of a shop would subscribe to.
DEFAULT_EVENTS = (
    "checkout.session.completed",
    "checkout.session.expired",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "payment_intent.succeeded",
    "payment_intent.payment_failed",
    "payment_intent.amount_capturable_updated",
    "payment_intent.canceled",
    "charge.captured",
    "refund.created",
    "charge.refunded",
)


class SignedEvent(NamedTuple):
    """The body of a webhook and its Stripe-Signature header."""

    payload: bytes
    signature: str

    @property
    def body(self) -> dict:
        """The event as a dict."""
        return json.loads(self.payload)

    @property
    def type(self) -> str:
        """Such as `checkout.session.completed`."""
        return self.body["type"]


def payload_of(event: dict) -> bytes:
    """An event as it is sent: indented, UTF-8."""
    return json.dumps(event, indent=2, ensure_ascii=False).encode()


def signature(payload: bytes, secret: str, at: float | datetime) -> str:
    """The Stripe-Signature header for a body sent at a moment."""
    moment = int(at.timestamp() if isinstance(at, datetime) else at)
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + payload, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"
