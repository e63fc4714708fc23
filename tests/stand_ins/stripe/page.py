"""The hosted payment page: a plain form that needs no script."""

from html import escape

from . import cards
from .money import spoken

DELIVERIES = ("before", "after", "twice", "reversed", "never")

STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 26rem; margin: 0 auto; padding: 1rem; color: #1a1f36 }
label { display: block; margin-top: 1rem }
input, select, button { font: inherit; width: 100%; padding: .6rem; box-sizing: border-box }
button { margin: 1.5rem 0 1rem; background: #0b57d0; color: #fff; border: 0; border-radius: .4rem }
table { width: 100%; border-collapse: collapse }
td, th { text-align: start; padding: .2rem 0 }
.sum { text-align: end }
[role=alert] { border-inline-start: .3rem solid #b3261e; padding: .5rem 1rem; background: #fceeee }
"""


def form(session: dict, items: list[dict], delivery: str, error: str | None = None, number: str = cards.VISA) -> str:
    """The page of an open session."""
    # The form names its address: else the browser would carry the fragment of this one on to the shop.
    alert = f'<p role="alert" id="error">{escape(error)}</p>' if error else ""
    rows = "".join(_row(item) for item in items)
    total = spoken(session["amount_total"], session["currency"])
    invalid = ' aria-invalid="true" aria-describedby="error"' if error else ""
    return _document(
        "Pay " + total,
        f"""
<table><caption hidden>Your order</caption><tbody>{rows}</tbody>
<tfoot><tr><th scope="row">Total</th><td class="sum"><strong>{escape(total)}</strong></td></tr></tfoot>
</table>
{alert}
<form method="post" action="/c/pay/{session["id"]}">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="email"
 value="{escape(session["customer_email"] or "")}">
{_address(session)}<label for="card">Card number</label>
<input id="card" name="card" inputmode="numeric" autocomplete="cc-number" required
 value="{escape(number)}"{invalid}>
<label for="expiry">Expiry</label>
<input id="expiry" name="expiry" autocomplete="cc-exp" value="12 / 34">
<label for="cvc">Security code</label>
<input id="cvc" name="cvc" inputmode="numeric" autocomplete="cc-csc" value="123">
<button type="submit">Pay</button>
<details><summary>Stand-in: what happens next</summary>
<label for="delivery">Webhook</label>
<select id="delivery" name="delivery">{"".join(_option(name, delivery) for name in DELIVERIES)}</select>
<label for="amount">Charge another amount (minor units)</label>
<input id="amount" name="amount" inputmode="numeric">
</details>
</form>
{_back(session)}""",
    )


LINES = {
    "name": ("Full name", "shipping name"),
    "line1": ("Address line 1", "shipping address-line1"),
    "postal_code": ("Postal code", "shipping postal-code"),
    "city": ("City", "shipping address-level2"),
    "state": ("State", "shipping address-level1"),
    "phone": ("Phone number", "tel"),
}


def _address(session: dict) -> str:
    """What is asked where the shop has no address."""
    if not session["shipping_address_collection"]:
        return ""
    countries = session["shipping_address_collection"]["allowed_countries"]
    options = "".join(f"<option>{escape(code)}</option>" for code in countries)
    fields = "".join(
        f'<label for="{name}">{label}</label>\n<input id="{name}" name="{name}" autocomplete="{fill}">\n'
        for name, (label, fill) in LINES.items()
    )
    return f'<label for="country">Country</label>\n<select id="country" name="country">{options}</select>\n{fields}'


def closed(session: dict) -> str:
    """The page of a session that cannot be paid any more."""
    if session["status"] == "complete":
        return _document("Paid", "<p>This payment has been made already.</p>")
    return _document("Expired", f"<p>This Checkout Session has expired.</p>{_back(session)}")


def nothing() -> str:
    """The page of a session that never was."""
    return _document("Not found", "<p>There is no such Checkout Session.</p>")


def _document(title: str, content: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><style>{STYLE}</style></head>'
        f"<body><main><h1>{escape(title)}</h1>{content}</main></body></html>"
    )


def _row(item: dict) -> str:
    price = spoken(item["amount_total"], item["currency"])
    name = f"{item['quantity']} × {item['description']}"
    return f'<tr><td>{escape(name)}</td><td class="sum">{escape(price)}</td></tr>'


def _option(name: str, chosen: str) -> str:
    return f"<option{' selected' if name == chosen else ''}>{name}</option>"


def _back(session: dict) -> str:
    return f'<p><a href="{escape(session["cancel_url"])}">Back</a></p>' if session["cancel_url"] else ""
