"""The door to the payment provider: a folder that `settings.PAYMENT_PROVIDER` names.

It has the functions below under the same names, and speaks the language of Stripe's Checkout: plain dicts with the
fields that docs/payments-provider.md lists. The shop's own rules stay outside. Inside a transaction every call is
refused: locks would be held while another company thinks, and a rollback cannot take the money back.
"""

from collections.abc import Iterable
from datetime import datetime
from importlib import import_module
from types import ModuleType
from typing import Any

from django.conf import settings
from django.db import connection

from orders.providers.trouble import NotGenuine, Refused, Unavailable

__all__ = ["NotGenuine", "Refused", "Unavailable"]


def provider() -> ModuleType:
    return import_module(settings.PAYMENT_PROVIDER)


def name() -> str:
    """By which its messages are kept."""
    return provider().NAME


def title() -> str:
    """As people call it: its `TITLE`, else its `NAME`."""
    return getattr(provider(), "TITLE", provider().NAME.capitalize())


def is_configured() -> bool:
    """Whether there are keys, so that cards can be offered."""
    return provider().is_configured()


def takes_messages() -> bool:
    """Whether a message could be told from a forgery."""
    return provider().takes_messages()


def signature_header() -> str:
    """The header in which a message brings its signature."""
    return provider().SIGNATURE_HEADER


def asks_address(country: str) -> bool:
    """Whether its page can ask for an address in that country; not every provider's can."""
    asks = getattr(provider(), "asks_address", None)
    return asks is not None and asks(country)


def create_session(params: dict, key: str) -> dict:
    """Open a payment page; with the same key the same one."""
    return _ask("create_session", params, key)


def session(session_id: str) -> dict:
    """The session with its payment intent and that one's newest charge in full."""
    return _ask("session", session_id)


def session_of(intent_id: str) -> dict | None:
    """The session that a payment intent belongs to."""
    return _ask("session_of", intent_id)


def expire_session(session_id: str) -> dict:
    """Close an open session. Raises Refused when it is not open any more."""
    return _ask("expire_session", session_id)


def capture(intent_id: str, amount: int, key: str) -> dict:
    """Take so much of what a payment intent holds; the rest is let go. Gives the intent."""
    return _ask("capture", intent_id, amount, key)


def let_go(intent_id: str) -> dict:
    """Take nothing of what a payment intent holds. Gives the intent; raises Refused when it holds nothing."""
    return _ask("let_go", intent_id)


def saved_cards(customer_id: str) -> list[dict]:
    """The cards that a customer saved, newest first."""
    return _ask("saved_cards", customer_id)


def forget_card(card_id: str) -> dict:
    return _ask("forget_card", card_id)


def create_refund(params: dict, key: str) -> dict:
    """Give money back; with the same key once."""
    return _ask("create_refund", params, key)


def refunds_of(intent_id: str) -> list[dict]:
    """Everything that was ever given back of a payment, newest first."""
    return _ask("refunds_of", intent_id)


def charges_since(since: datetime) -> list[dict]:
    """Every charge since then, newest first."""
    return _ask("charges_since", since)


def undelivered_events(types: Iterable[str], since: datetime) -> list[dict]:
    """Messages of these types that we did not take, oldest first."""
    return _ask("undelivered_events", types, since)


def opened(raw: bytes, signature: str, now: datetime) -> dict:
    """What a message says, once it is sure who sent it, and when. Raises NotGenuine. Asks nobody."""
    return provider().opened(raw, signature, now)


def _ask(what: str, *args: object) -> Any:
    # As for `atomic(durable=True)`, the transaction that a test puts around everything does not count.
    if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise RuntimeError("A payment provider must not be called inside a transaction.")
    return getattr(provider(), what)(*args)
