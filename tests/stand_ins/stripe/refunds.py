"""Money back, never more than came in."""

from . import ids, objects
from .books import Books
from .errors import Refused
from .money import spoken
from .params import Params

REASONS = ("duplicate", "fraudulent", "requested_by_customer")


def create(books: Books, params: Params) -> dict:
    """Refund all or a part of what is left of a payment. Raises Refused."""
    params.only("amount", "charge", "payment_intent", "metadata", "reason", "expand")
    charge = _charge(books, params)
    amount = params.integer("amount", least=1)
    reason = params.choice("reason", REASONS)
    metadata = params.metadata()
    released = charge["amount"] - charge["amount_captured"] if charge["captured"] else 0
    left = charge["amount_captured"] + released - charge["amount_refunded"]
    if not left:
        message = f"Charge {charge['id']} has already been refunded."
        raise Refused(message, code="charge_already_refunded", kept=True)
    if amount is not None and amount > left:
        wanted, rest = (spoken(number, charge["currency"]) for number in (amount, left))
        # Stripe sends no code here, only the name of the parameter.
        message = f"Refund amount ({wanted}) is greater than unrefunded amount on charge ({rest})"
        raise Refused(message, param="amount", kept=True)
    return _book(books, charge, amount or left, reason=reason, metadata=metadata)


def _charge(books: Books, params: Params) -> dict:
    intent_id = params.text("payment_intent")
    charge_id = params.text("charge")
    if intent_id is None and charge_id is None:
        message = "One of the following params should be provided for this request: payment_intent or charge."
        raise Refused(message, code="parameter_missing")
    if charge_id is None:
        intent = books.get("payment_intent", intent_id, "payment_intent")
        charge = books.find(intent["latest_charge"])
    else:
        charge = books.get("charge", charge_id, "charge")
        intent = books.get("payment_intent", charge["payment_intent"])
    if charge is None or not charge["captured"]:
        message = f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund."
        raise Refused(message, kept=True)
    return charge


def _book(books: Books, charge: dict, amount: int, **fields) -> dict:
    refund = objects.refund(
        ids.new("re_3"),
        amount=amount,
        charge=charge["id"],
        created=books.now(),
        currency=charge["currency"],
        payment_intent=charge["payment_intent"],
        payment_method=charge["payment_method"],
        **fields,
    )
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    books.add(refund)
    books.emit("refund.created", refund)
    books.emit("charge.refunded", charge)
    return refund
