"""Checkout Sessions: opened by the shop, closed by the buyer, the shop or the clock."""

from . import ids, objects
from .books import Books
from .errors import Refused
from .money import LEAST, spoken
from .params import Params
from .vocabulary import DECORATION, HONOURED, LOCALES, UNREACHED

HALF_AN_HOUR = 30 * 60
A_DAY = 24 * 60 * 60


def create(books: Books, params: Params, base: str) -> dict:
    """Open a session whose page lies below `base`. Raises Refused."""
    params.only(*HONOURED, *DECORATION)
    mode = params.choice("mode", ("payment", "setup", "subscription"), required=True)
    if mode != "payment":
        raise Refused(f"The stand-in knows no mode {mode}.", param="mode")
    id = ids.new("cs_test_a1")
    items = [_item(line) for line in params.each("line_items")]
    currency, total = _total(items)
    customer = params.text("customer")
    if customer is not None:
        books.get("customer", customer, "customer")
        if "customer_email" in params.values or "customer_creation" in params.values:
            raise Refused(
                "You may only specify one of these parameters: customer, customer_email.", param="customer_email"
            )
    saves = params.inner("saved_payment_method_options")
    saves.only("payment_method_save", "payment_method_remove", "allow_redisplay_filters")
    may_save = saves.choice("payment_method_save", ("enabled", "disabled")) == "enabled"
    session = objects.session(
        id,
        customer=customer,
        customer_creation=params.choice("customer_creation", ("always", "if_required")) or "if_required",
        saved_payment_method_options={"payment_method_save": "enabled"} if may_save else None,
        amount_subtotal=total,
        amount_total=total,
        cancel_url=params.address("cancel_url"),
        client_reference_id=params.text("client_reference_id", longest=200),
        created=books.now(),
        currency=currency,
        customer_email=params.email("customer_email"),
        expires_at=_expiry(books, params),
        locale=params.choice("locale", LOCALES),
        metadata=params.metadata(),
        **_asks(params),
        submit_type=params.text("submit_type"),
        success_url=params.address("success_url", required=True),
        # As long as the real ones, whose tail is several hundred characters of state.
        url=f"{base}/c/pay/{id}#{ids.noise(400)}",
    )
    intent_data = _intent_data(params.inner("payment_intent_data"))
    books.items[id] = items
    books.intent_data[id] = intent_data
    return books.add(session)


def expire(books: Books, id: str) -> dict:
    """Close an open session. Raises Refused."""
    session = books.get("checkout.session", id, "session")
    if session["status"] != "open":
        message = (
            'Only Checkout Sessions with a status in ["open"] can be expired. '
            f"This Checkout Session has a status of `{session['status']}`."
        )
        raise Refused(message, kept=True)
    session.update(status="expired", url=None)
    books.emit("checkout.session.expired", session)
    return session


def expire_due(books: Books) -> None:
    """Close the sessions whose time is up."""
    for session in books.all("checkout.session"):
        if session["status"] == "open" and session["expires_at"] <= books.now():
            expire(books, session["id"])


def _expiry(books: Books, params: Params) -> int:
    at = params.integer("expires_at")
    now = books.now()
    if at is None:
        return now + A_DAY
    rule = "The `expires_at` timestamp must be {} from Checkout Session creation."
    if at < now + HALF_AN_HOUR:
        raise Refused(rule.format("at least 30 minutes"), param="expires_at")
    if at > now + A_DAY:
        raise Refused(rule.format("less than 24 hours"), param="expires_at")
    return at


def _item(line: Params) -> dict:
    line.only("price_data", "quantity", "metadata", "adjustable_quantity")
    if "price_data" not in line.values:
        full = line.named("price_data")
        raise Refused(f"Missing required param: {full}.", param=full, code="parameter_missing")
    data = line.inner("price_data")
    data.only("currency", "unit_amount", "product_data", "tax_behavior")
    product = data.inner("product_data")
    product.only("name", "description", "images", "metadata", "tax_code", "unit_label")
    name = product.text("name", required=True)
    currency = (data.text("currency", required=True) or "").lower()
    if len(currency) != 3 or not currency.isalpha():
        raise Refused(f"Invalid currency: {currency}", param=data.named("currency"))
    amount = data.integer("unit_amount", required=True)
    quantity = line.integer("quantity", required=True, least=1)
    price = objects.price(ids.new("price_1"), ids.new("prod_"), amount, currency)
    fields = {"currency": currency, "price": price, "metadata": line.metadata()}
    return objects.item(ids.new("li_1"), name, amount, quantity, **fields)


def _total(items: list[dict]) -> tuple[str, int]:
    if not items:
        raise Refused("Missing required param: line_items.", param="line_items", code="parameter_missing")
    if len(items) > 100:
        raise Refused("You can only have up to 100 line items.", param="line_items")
    currencies = {item["currency"] for item in items}
    if len(currencies) > 1:
        raise Refused("All line items must have the same currency.", param="line_items")
    currency = currencies.pop()
    total = sum(item["amount_total"] for item in items)
    least = LEAST.get(currency, 0)
    if 0 < total < least:
        floor = f"{spoken(least, currency)} {currency}"
        message = f"The Checkout Session's total amount due must add up to at least {floor}"
        raise Refused(message, code="amount_too_small")
    if total > 99_999_999:
        raise Refused("The Checkout Session's total amount is too large.", code="amount_too_large")
    return currency, total


def _asks(params: Params) -> dict:
    """What the page asks for beside the card."""
    phone = params.inner("phone_number_collection")
    phone.only("enabled")
    shipping = params.inner("shipping_address_collection")
    shipping.only("allowed_countries")
    codes = shipping.words("allowed_countries")
    for code in codes:
        if code in UNREACHED or len(code) != 2 or not code.isupper():
            raise Refused(f"Invalid country: {code}", param=shipping.named("allowed_countries"))
    if "shipping_address_collection" in params.values and not codes:
        full = shipping.named("allowed_countries")
        raise Refused(f"Missing required param: {full}.", param=full, code="parameter_missing")
    return {
        "phone_number_collection": {"enabled": phone.choice("enabled", ("true", "false")) == "true"},
        "shipping_address_collection": {"allowed_countries": codes} if codes else None,
    }


def _intent_data(data: Params) -> dict:
    data.only("capture_method", "description", "metadata", "receipt_email", "statement_descriptor_suffix")
    return {
        "capture_method": data.choice("capture_method", ("automatic", "automatic_async", "manual"))
        or "automatic_async",
        "description": data.text("description", longest=1000),
        "metadata": data.metadata(),
        "receipt_email": data.email("receipt_email"),
        "statement_descriptor_suffix": data.text("statement_descriptor_suffix", longest=22),
    }
