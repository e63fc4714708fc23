"""What became of a payment page, read from Stripe's session. Pure."""

from enum import StrEnum

# An attempt that the bank turned down for good; the session itself stays "complete".
FAILED = ("requires_payment_method", "canceled")


class Fate(StrEnum):
    PAID = "paid"
    HELD = "held"  # the card holds the money until it is taken
    OPEN = "open"
    WAITING = "waiting"  # the buyer is done, his bank is not
    DEAD = "dead"  # never paid, and nobody can pay any more


def fate_of(session: dict) -> Fate:
    """Whether the session is paid, may still be, or never will be. Its payment intent has to be there in full."""
    if _intent_status(session) == "requires_capture":
        return Fate.HELD
    if session["payment_status"] == "paid" or _intent_status(session) == "succeeded":
        return Fate.PAID
    if session["status"] == "open":
        return Fate.OPEN
    if session["status"] == "expired" or _intent_status(session) in FAILED:
        return Fate.DEAD
    return Fate.WAITING


def intent_id(session: dict) -> str | None:
    intent = session["payment_intent"]
    return intent["id"] if isinstance(intent, dict) else intent


def _intent_status(session: dict) -> str:
    intent = session["payment_intent"]
    return intent["status"] if isinstance(intent, dict) else ""
