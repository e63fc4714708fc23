"""What a reminder looks like: the marketer's words around the cart as it is now."""

from django.urls import reverse
from django.utils import translation

from catalog.models import Picture
from catalog.money import format_minor
from customers.letters import Letter, absolute, one_line, render
from customers.models import ShopDetails
from customers.tokens import token_for as leave_token_for
from marketing import tokens
from marketing.models import Flow, Message
from marketing.rules.carts import buyable
from marketing.words import SAMPLE, fill
from orders.models import Cart
from orders.queries.cart_lines import Line, lines_of

FIELDS = ("subject", "preheader", "heading", "body")
# Shown 72 px wide, on screens with up to three dots per pixel.
PICTURE_WIDTH = 216


def compose(message: Message) -> Letter:
    """The letter of a claimed message, in its language. Raises CannotBeWritten."""
    with translation.override(message.language):
        link = absolute(reverse("go", args=[tokens.token_for(message)]))
        values = values_for(message.cart, name_of(message), message.language, link)
    return write(message.flow, values, message.language, leave_link(message))


def write(flow: Flow, values: dict, language: str, leave: str) -> Letter:
    """The flow's words with these values, on the shop's paper. Raises CannotBeWritten."""
    with translation.override(language):
        words = {field: fill(getattr(flow, field), values) for field in FIELDS}
    words["subject"] = one_line(words["subject"])
    context = {"words": words, "items": values["items"], "link": values["link"], "leave": leave}
    return render(f"marketing/{flow.trigger}", language, context)


def values_for(cart: Cart, name: str, language: str, link: str) -> dict:
    """Plain values of a cart: what is sold out is left out."""
    with translation.override(language):
        items = [_item(line, cart.currency, language) for line in buyable(lines_of(cart))]
    return {
        "name": name,
        "shop": ShopDetails.current().name,
        "items": items,
        "count": len(items),
        "link": link,
    }


def sample_values() -> dict:
    """What a preview shows while no cart was left behind yet."""
    return {**SAMPLE, "shop": ShopDetails.current().name, "link": absolute("/cart/")}


def name_of(message: Message) -> str:
    """How we would greet the person: his first name, or nothing."""
    name = message.customer.name if message.customer else message.cart.name
    return name.split()[0] if name.strip() else ""


def leave_link(message: Message) -> str:
    with translation.override(message.language):
        return absolute(reverse("unsubscribe", args=[leave_token_for(message.address)]))


def leave_headers(message: Message) -> dict[str, str]:
    """RFC 8058: the mail program's own button ends it with one POST, without opening a page."""
    return {"List-Unsubscribe": f"<{leave_link(message)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _item(line: Line, currency: str, language: str) -> dict:
    return {
        "name": line.name,
        "words": _words(line),
        "quantity": line.quantity,
        "price": format_minor(line.unit_price, currency, language),
        "picture": thumbnail(line.picture),
    }


def _words(line: Line) -> str:
    """The variant, and what it is to be made to."""
    answers = (f"{answer.label}: {' '.join(answer.words.split())}" for answer in line.answers)
    return " · ".join(filter(None, [line.words, *answers]))


def thumbnail(picture: Picture | None) -> str:
    """The full address of the smallest version that is still sharp."""
    if picture is None or not picture.image:
        return ""
    versions = picture.image.aspect_ratios.get("4/5", {}).get("WEBP", {})
    width = min((w for w in versions if w >= PICTURE_WIDTH), default=None)
    return absolute(versions[width].url if width else picture.image.url)
