"""The wire to Stripe: plain dicts in and out.

The SDK is imported at the first call: it takes most of a second, and few processes ever need it.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings

from orders.providers.trouble import Refused, Unavailable

# A shopper waits for the answer; Stripe's own usually take well under one second.
TIMEOUT = 12
RETRIES = 1
# So many undelivered events are read at a time.
PAGE = 100
MOST_PAGES = 200


def is_configured() -> bool:
    return bool(settings.STRIPE_SECRET_KEY)


def create_session(params: dict, key: str) -> dict:
    return _call(lambda api: api.checkout.sessions.create(params, {"idempotency_key": key}))


def session(session_id: str) -> dict:
    """The session with its payment intent and that one's newest charge in full."""
    wanted = {"expand": ["payment_intent.latest_charge"]}
    return _call(lambda api: api.checkout.sessions.retrieve(session_id, wanted))


def session_of(intent_id: str) -> dict | None:
    """The session that a payment intent belongs to."""
    found = _call(lambda api: api.checkout.sessions.list({"payment_intent": intent_id, "limit": 1}))
    return next(iter(found["data"]), None)


def expire_session(session_id: str) -> dict:
    """Close an open session. Raises Refused when it is not open any more."""
    return _call(lambda api: api.checkout.sessions.expire(session_id))


def capture(intent_id: str, amount: int, key: str) -> dict:
    """Take so much of what a payment intent holds; the rest is let go. Gives the intent."""
    wanted = {"amount_to_capture": amount}
    return _call(lambda api: api.payment_intents.capture(intent_id, wanted, {"idempotency_key": key}))


def let_go(intent_id: str) -> dict:
    """Take nothing of what a payment intent holds. Gives the intent; raises Refused when it holds nothing."""
    return _call(lambda api: api.payment_intents.cancel(intent_id))


def saved_cards(customer_id: str) -> list[dict]:
    """The cards that a customer saved, newest first."""
    wanted = {"type": "card", "limit": PAGE}
    return _call(lambda api: api.customers.payment_methods.list(customer_id, wanted))["data"]


def forget_card(card_id: str) -> dict:
    return _call(lambda api: api.payment_methods.detach(card_id))


def create_refund(params: dict, key: str) -> dict:
    return _call(lambda api: api.refunds.create(params, {"idempotency_key": key}))


def refunds_of(intent_id: str) -> list[dict]:
    """Everything that was ever given back of a payment, newest first."""
    return _call(lambda api: api.refunds.list({"payment_intent": intent_id, "limit": PAGE}))["data"]


def charges_since(since: datetime) -> list[dict]:
    """Every charge since then, newest first; so many that an hour of one's time could not read them are left out."""
    found: list[dict] = []
    wanted = {"created": {"gte": int(since.timestamp())}, "limit": PAGE}
    for _page in range(MOST_PAGES):
        page = _call(lambda api, wanted=wanted: api.charges.list(wanted))
        found += page["data"]
        if not page["has_more"]:
            break
        wanted = {**wanted, "starting_after": found[-1]["id"]}
    return found


def undelivered_events(types: Iterable[str], since: datetime) -> list[dict]:
    """Events of these types that our webhook did not take, oldest first."""
    wanted = {
        "types": list(types),
        "delivery_success": False,
        "created": {"gte": int(since.timestamp())},
        "limit": PAGE,
    }
    return list(reversed(_call(lambda api: api.events.list(wanted))["data"]))


def _call(act: Callable[[Any], Any]) -> dict:
    if not is_configured():
        raise Unavailable("Stripe is not configured.")
    import stripe

    try:
        return act(_client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE).v1).to_dict()
    except (stripe.InvalidRequestError, stripe.CardError) as error:
        raise Refused(str(error.user_message or error), error.param or "", error.code or "") from error
    except stripe.StripeError as error:
        raise Unavailable(f"{type(error).__name__}: {error}"[:300], (error.http_status or 0) >= 500) from error


@lru_cache(maxsize=4)
def _client(key: str, base: str):
    import stripe

    return stripe.StripeClient(
        key,
        base_addresses={"api": base} if base else {},
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUT),
    )
