"""What a letter of the writing desk may say of a cart, and how it is left."""

from django.urls import reverse
from django.utils import translation

from catalog.models import Picture
from catalog.money import format_minor
from customers.letters import absolute
from customers.models import ShopDetails
from customers.tokens import token_for as leave_token_for
from marketing.models import Message
from marketing.rules.carts import buyable
from orders.models import Cart
from orders.queries.cart_lines import Line, lines_of

# Shown 72 px wide, on screens with up to three dots per pixel.
PICTURE_WIDTH = 216


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


def name_of(message: Message) -> str:
    """How we would greet the person: his first name, or nothing."""
    said = [message.customer, message.cart, message.profile]
    name = next((one.name for one in said if one is not None), "")
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
