"""Knobs for another process, such as a browser test beside a running shop."""

from typing import TYPE_CHECKING

from .errors import Refused
from .params import Params

if TYPE_CHECKING:
    from .stand_in import StripeStandIn


def state(stand_in: "StripeStandIn") -> dict:
    """What happened so far."""
    return {
        "calls": [vars(call) for call in stand_in.calls],
        "deliveries": [attempt._asdict() for attempt in stand_in.deliveries],
        "sessions": {id: session["payment_status"] for id, session in stand_in.sessions.items()},
        "charges": list(stand_in.charges.values()),
        "refunds": list(stand_in.refunds.values()),
        "delivery": stand_in.delivery,
        "tampered_amount": stand_in.tampered_amount,
        "webhook_url": stand_in.webhook_url,
    }


def turn(stand_in: "StripeStandIn", knob: str, values: dict) -> dict:
    """Turn a knob and show the state. Raises Refused."""
    params = Params(values)
    if knob == "settings":
        _settings(stand_in, params)
    elif knob == "fail":
        how = params.text("how", required=True)
        times = params.integer("times", least=1) or 1
        stand_in.fail_next(params.text("path", required=True), int(how) if how.isdecimal() else how, times=times)
    elif knob == "deliver":
        stand_in.deliver()
    elif knob == "forget-idempotency":
        stand_in.forget_idempotency()
    elif knob == "reset":
        stand_in.reset()
    else:
        raise Refused(f"There is no knob {knob}.", status=404)
    return state(stand_in)


def _settings(stand_in: "StripeStandIn", params: Params) -> None:
    params.only("delivery", "tampered_amount", "webhook_url")
    if "delivery" in params.values:
        stand_in.delivery = params.text("delivery")
    if "tampered_amount" in params.values:
        # An empty field takes the knob back.
        stand_in.tampered_amount = params.integer("tampered_amount") if params.values["tampered_amount"] else None
    if "webhook_url" in params.values:
        stand_in.webhook_url = params.address("webhook_url")
