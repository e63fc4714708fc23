"""A payment provider in a few lines: everybody pays who opens the page, and nothing leaves this process.

It is here to show what another provider has to offer; see docs/payments-provider.md.
"""

from datetime import datetime

from orders.providers import NotGenuine, Refused

NAME = "purse"
SIGNATURE_HEADER = "Purse-Signature"
SESSIONS: dict[str, dict] = {}
REFUNDS: dict[str, dict] = {}


def is_configured() -> bool:
    return True


def takes_messages() -> bool:
    return True


def create_session(params: dict, key: str) -> dict:
    return SESSIONS.setdefault(key, {
        "id": f"purse-{key}",
        "url": f"https://purse.example/{key}",
        "status": "open",
        "payment_status": "unpaid",
        "payment_intent": None,
        "amount_total": sum(line["price_data"]["unit_amount"] * line["quantity"] for line in params["line_items"]),
        "currency": params["line_items"][0]["price_data"]["currency"],
        "client_reference_id": params["client_reference_id"],
        "metadata": params["metadata"],
    })  # fmt: skip


def pay(session_id: str) -> None:
    """The buyer pays."""
    found = session(session_id)
    found |= {"status": "complete", "payment_status": "paid"}
    found["payment_intent"] = {"id": f"money-{session_id}", "status": "succeeded", "amount_received": 0}


def session(session_id: str) -> dict:
    for known in SESSIONS.values():
        if known["id"] == session_id:
            return known
    raise Refused("no such page", code="resource_missing")


def expire_session(session_id: str) -> dict:
    found = session(session_id)
    if found["status"] != "open":
        raise Refused("not open")
    return found | {"status": "expired"}


def create_refund(params: dict, key: str) -> dict:
    return REFUNDS.setdefault(key, {
        "id": f"back-{key}", "status": "succeeded", "amount": params["amount"], "metadata": params["metadata"],
        "payment_intent": params["payment_intent"],
    })  # fmt: skip


def refunds_of(intent_id: str) -> list[dict]:
    return [one for one in reversed(REFUNDS.values()) if one["payment_intent"] == intent_id]


def undelivered_events(types, since: datetime) -> list[dict]:
    return []


def opened(raw: bytes, signature: str, now: datetime) -> dict:
    if signature != "honest":
        raise NotGenuine("not signed")
    session_id = raw.decode()
    kind = "checkout.session.completed"
    return {"id": f"told-{session_id}", "type": kind, "data": {"object": session(session_id)}}
