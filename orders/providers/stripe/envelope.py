"""What arrives at the webhook: whether Stripe sent it, just now, and whether it can be read. Pure."""

import hashlib
import hmac
import json
import math
from datetime import datetime

from orders.providers.trouble import NotGenuine

# As Stripe's own libraries.
TOLERANCE = 300
LARGEST = 1024 * 1024
# Stripe's own events are seven deep.
DEEPEST = 40


def opened(raw: bytes, header: str, secret: str, now: datetime) -> dict:
    """The event in a signed body. Raises NotGenuine."""
    if not secret or len(raw) > LARGEST:
        raise NotGenuine("not for us")
    _verify(raw, header, secret, now.timestamp())
    try:
        event = json.loads(raw)
        _refuse_unstorable(event)
    except (ValueError, RecursionError) as error:
        raise NotGenuine("unreadable") from error
    if not _is_event(event):
        raise NotGenuine("no event")
    return event


def _verify(raw: bytes, header: str, secret: str, now: float) -> None:
    fields = [part.strip().partition("=") for part in header.split(",")[:20]]
    stamp = next((value for name, _, value in fields if name == "t"), "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 15):
        raise NotGenuine("no time")
    expected = hmac.new(secret.encode(), stamp.encode() + b"." + raw, hashlib.sha256).hexdigest().encode()
    given = [value.encode("utf-8", "replace") for name, _, value in fields if name == "v1"]
    # The signature covers the time, so it is looked at first.
    if not any(hmac.compare_digest(expected, one) for one in given):
        raise NotGenuine("not signed")
    if abs(now - int(stamp)) > TOLERANCE:
        raise NotGenuine("too old, or from the future")


def _refuse_unstorable(value: object) -> None:
    """Raise ValueError for what JSON can say and no database can keep: infinity, NUL, half a surrogate pair."""
    layer = [value]
    for _ in range(DEEPEST):
        below = []
        for one in layer:
            if isinstance(one, dict):
                below += [*one, *one.values()]
            elif isinstance(one, list):
                below += one
            elif isinstance(one, str):
                one.encode()
                if "\x00" in one:
                    raise ValueError("NUL")
            elif isinstance(one, float) and not math.isfinite(one):
                raise ValueError("not a number")
        if not below:
            return
        layer = below
    raise ValueError("too deep")


def _is_event(event: object) -> bool:
    return (
        isinstance(event, dict)
        and isinstance(event.get("id"), str)
        and 0 < len(event["id"]) <= 120
        and isinstance(event.get("type"), str)
        and 0 < len(event["type"]) <= 80
        and isinstance(event.get("data"), dict)
        and isinstance(event["data"].get("object"), dict)
    )
