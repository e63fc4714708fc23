"""The buyer pays, or tries to."""

from . import cards, ids, objects
from .books import Books
from .cards import Decline

# Who pays without having said where it goes.
ADA = {
    "name": "Ada Byron",
    "phone": "+34600123456",
    "line1": "Calle Mayor 1",
    "postal_code": "28013",
    "city": "Madrid",
}
# Seven days, as most banks allow a buyer's own payment.
HELD_FOR = 7 * 24 * 60 * 60


class NotOpen(Exception):
    """The session was paid, or its time is over."""


def pay(books: Books, id: str, number: str, **changes) -> Decline | None:
    """Pay a session; None when that went well, else the reason of the bank.

    `changes` overrule what was asked for, where they are not None: `amount`, `currency`, `email`. The session
    then says so too. `shipping` is what was typed where an address is asked for: `name` and `phone` beside the lines
    of the address. Raises NotOpen.
    """
    session = books.get("checkout.session", id, "session")
    if session["status"] != "open":
        raise NotOpen(session["status"])
    number = cards.normal(number)
    if not cards.is_known(number):
        return cards.UNKNOWN
    if number in cards.DECLINES:
        return _decline(books, session, cards.DECLINES[number])
    save = changes.pop("save", False)
    _overrule(session, shipping=changes.pop("shipping", None) or {}, **changes)
    if session["customer"] is None and session["customer_creation"] == "always":
        session["customer"] = books.add(objects.customer(ids.new("cus_"), session["customer_email"]))["id"]
    if save and session["customer"] and session["saved_payment_method_options"]:
        books.add(objects.saved_card(ids.new("pm_1"), session["customer"], number))
    if not session["amount_total"]:
        _complete(books, session, "no_payment_required")
    elif number == cards.SEPA:
        _wait_for_the_bank(books, session)
    elif books.intent_data[id]["capture_method"] == "manual":
        _hold(books, session, _charge(books, session, number))
        _complete(books, session, "unpaid")
    else:
        _succeed(books, session, _charge(books, session, number))
        _complete(books, session, "paid")
    return None


def settle(books: Books, id: str, succeed: bool = True) -> None:
    """The bank's late answer to a payment that was processing. Raises NotOpen when none is."""
    session = books.get("checkout.session", id, "session")
    intent = books.find(session["payment_intent"])
    if intent is None or intent["status"] != "processing":
        raise NotOpen(session["status"])
    charge = books.find(intent["latest_charge"])
    if succeed:
        _succeed(books, session, charge)
        session["payment_status"] = "paid"
    else:
        _fail(
            books,
            intent,
            charge,
            Decline("payment_intent_payment_attempt_failed", None, "The payment failed."),
        )
    outcome = "succeeded" if succeed else "failed"
    books.emit(f"checkout.session.async_payment_{outcome}", session)


def _overrule(
    session: dict,
    shipping: dict,
    amount: int | None = None,
    currency: str | None = None,
    email: str | None = None,
) -> None:
    if amount is not None:
        session.update(amount_total=amount, amount_subtotal=amount)
    if currency is not None:
        session.update(currency=currency)
    session["customer_details"] = objects.buyer(email or session["customer_email"])
    if session["shipping_address_collection"]:
        typed = {"country": session["shipping_address_collection"]["allowed_countries"][0], **ADA, **shipping}
        address = {name: typed.get(name) or None for name in objects.NOWHERE}
        session["customer_details"].update(name=typed["name"], phone=typed["phone"], address=dict(address))
        details = {"address": address, "name": typed["name"]}
        session["collected_information"] = {"business_name": None, "individual_name": None, "shipping_details": details}


def _intent(books: Books, session: dict) -> dict:
    """The intent of the session: made at the first attempt, used again at the next."""
    intent = books.find(session["payment_intent"])
    wanted = {"amount": session["amount_total"], "currency": session["currency"]}
    if intent is not None:
        intent.update(wanted)
        return intent
    id = ids.new("pi_3")
    data = books.intent_data[session["id"]]
    secret = f"{id}_secret_{ids.noise(25)}"
    intent = books.add(objects.intent(id, created=books.now(), client_secret=secret, **wanted, **data))
    session["payment_intent"] = id
    books.emit("payment_intent.created", intent)
    return intent


def _email(session: dict) -> str | None:
    return (session["customer_details"] or {}).get("email") or session["customer_email"]


def _charge(books: Books, session: dict, number: str) -> dict:
    intent = _intent(books, session)
    method = {"type": "card", "card": {"brand": cards.BRANDS.get(number, "visa"), "last4": number[-4:]}}
    if number == cards.SEPA:
        method = {"type": "sepa_debit", "sepa_debit": {"country": "AT", "last4": number[-4:]}}
    charge = objects.charge(
        ids.new("ch_3"),
        amount=intent["amount"],
        billing_details={
            **objects.NOBODY,
            "email": session["customer_email"],
            "address": dict(objects.NOWHERE),
        },
        created=books.now(),
        currency=intent["currency"],
        description=intent["description"],
        metadata=dict(intent["metadata"]),
        payment_intent=intent["id"],
        payment_method=ids.new("pm_1"),
        payment_method_details=method,
    )
    intent.update(latest_charge=charge["id"], payment_method=charge["payment_method"], last_payment_error=None)
    return books.add(charge)


def _succeed(books: Books, session: dict, charge: dict) -> None:
    intent = books.find(session["payment_intent"])
    charge.update(status="succeeded", paid=True, captured=True, amount_captured=charge["amount"])
    charge["outcome"] = {"network_status": "approved_by_network", "type": "authorized"}
    books.emit("charge.succeeded", charge)
    intent.update(status="succeeded", amount_received=charge["amount"])
    books.emit("payment_intent.succeeded", intent)


def _hold(books: Books, session: dict, charge: dict) -> None:
    """The bank sets the money aside; nothing is taken yet."""
    intent = books.find(session["payment_intent"])
    charge.update(status="succeeded", paid=True, captured=False)
    charge["payment_method_details"]["card"]["capture_before"] = books.now() + HELD_FOR
    charge["outcome"] = {"network_status": "approved_by_network", "type": "authorized"}
    books.emit("charge.succeeded", charge)
    intent.update(status="requires_capture", amount_capturable=charge["amount"])
    books.emit("payment_intent.amount_capturable_updated", intent)


def _complete(books: Books, session: dict, payment_status: str) -> None:
    session.update(status="complete", payment_status=payment_status, url=None)
    books.emit("checkout.session.completed", session)


def _wait_for_the_bank(books: Books, session: dict) -> None:
    charge = _charge(books, session, cards.SEPA)
    intent = books.find(session["payment_intent"])
    intent.update(status="processing", payment_method_types=["sepa_debit"])
    books.emit("charge.pending", charge)
    books.emit("payment_intent.processing", intent)
    _complete(books, session, "unpaid")


def _decline(books: Books, session: dict, decline: Decline) -> Decline:
    number = next(number for number, reason in cards.DECLINES.items() if reason is decline)
    charge = _charge(books, session, number)
    _fail(books, books.find(session["payment_intent"]), charge, decline)
    return decline


def _fail(books: Books, intent: dict, charge: dict, decline: Decline) -> None:
    charge.update(status="failed", failure_code=decline.code, failure_message=decline.message)
    charge["outcome"] = {
        "network_status": "declined_by_network",
        "reason": decline.decline_code,
        "type": "issuer_declined",
    }
    books.emit("charge.failed", charge)
    error = {"charge": charge["id"], **decline._asdict(), "type": "card_error"}
    intent.update(status="requires_payment_method", payment_method=None, last_payment_error=error)
    books.emit("payment_intent.payment_failed", intent)
