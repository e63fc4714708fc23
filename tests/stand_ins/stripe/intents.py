"""Payment intents whose money is held: taken, all or a part of it, or let go."""

from . import ids, objects
from .books import Books
from .errors import Refused
from .money import spoken
from .params import Params

REASONS = ("duplicate", "fraudulent", "requested_by_customer", "abandoned")


def capture(books: Books, params: Params, id: str) -> dict:
    """Take what is held, or less of it; the rest goes back at once, as a refund of its own. Raises Refused."""
    params.only("amount_to_capture", "expand")
    intent = _held(books, id, "captured")
    held = intent["amount_capturable"]
    amount = params.integer("amount_to_capture", least=1)
    amount = held if amount is None else amount
    if amount > held:
        message = f"The amount to capture ({spoken(amount, intent['currency'])}) is greater than what is held."
        raise Refused(message, param="amount_to_capture", code="amount_too_large", kept=True)
    charge = books.find(intent["latest_charge"])
    charge.update(captured=True, amount_captured=amount)
    if amount < held:
        _give_back(books, charge, held - amount)
    books.emit("charge.captured", charge)
    intent.update(status="succeeded", amount_capturable=0, amount_received=amount)
    books.emit("payment_intent.succeeded", intent)
    _session_of(books, intent)["payment_status"] = "paid"
    return intent


def cancel(books: Books, params: Params, id: str) -> dict:
    """Let go of what is held. Raises Refused."""
    params.only("cancellation_reason", "expand")
    reason = params.choice("cancellation_reason", REASONS)
    return _let_go(books, _held(books, id, "canceled"), reason)


def lapse_due(books: Books) -> None:
    """The banks let go of what was not taken in time."""
    for intent in books.all("payment_intent"):
        if intent["status"] == "requires_capture":
            charge = books.find(intent["latest_charge"])
            if charge["payment_method_details"]["card"]["capture_before"] <= books.now():
                _let_go(books, intent, "automatic")


def _let_go(books: Books, intent: dict, reason: str | None) -> dict:
    charge = books.find(intent["latest_charge"])
    charge.update(amount_refunded=charge["amount"], refunded=True)
    if reason == "automatic":
        books.emit("charge.expired", charge)
    intent.update(status="canceled", amount_capturable=0, canceled_at=books.now(), cancellation_reason=reason)
    books.emit("payment_intent.canceled", intent)
    return intent


def _held(books: Books, id: str, verb: str) -> dict:
    intent = books.get("payment_intent", id, "intent")
    if intent["status"] != "requires_capture":
        message = f"This PaymentIntent could not be {verb} because it has a status of {intent['status']}."
        raise Refused(message, code="payment_intent_unexpected_state", kept=True)
    return intent


def _session_of(books: Books, intent: dict) -> dict:
    return next(one for one in books.all("checkout.session") if one["payment_intent"] == intent["id"])


def _give_back(books: Books, charge: dict, amount: int) -> None:
    charge["amount_refunded"] += amount
    refund = objects.refund(
        ids.new("re_3"),
        amount=amount,
        charge=charge["id"],
        created=books.now(),
        currency=charge["currency"],
        payment_intent=charge["payment_intent"],
        payment_method=charge["payment_method"],
    )
    books.emit("refund.created", books.add(refund))
    books.emit("charge.refunded", charge)
