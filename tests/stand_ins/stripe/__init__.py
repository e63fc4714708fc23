"""A stand-in for Stripe: its wire format, a hosted payment page, signed webhooks. README.md tells all.

with StripeStandIn(webhook_url=shop + "/webhooks/stripe/") as stand_in:
    client = stripe.StripeClient(stand_in.secret_key, base_addresses={"api": stand_in.url})
"""

from . import cards
from .events import DEFAULT_EVENTS, SignedEvent
from .payments import NotOpen
from .stand_in import StripeStandIn

__all__ = ["DEFAULT_EVENTS", "NotOpen", "SignedEvent", "StripeStandIn", "cards"]
