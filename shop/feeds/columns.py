"""The columns of each channel, as its specification asks for them (read in autumn 2026)."""

import re
from datetime import UTC, datetime, time, timedelta

from django.conf import settings

from catalog.actions.importing.texts import cut
from catalog.money import Money
from catalog.queries.product import State
from orders.delivery import Offer
from shop.feeds.items import Item

#: Never missing. Google: support.google.com/merchants/answer/7052112; Meta: the reference of the catalogue feed.
REQUIRED = {
    "google": ("id", "title", "description", "link", "image_link", "availability", "price", "condition", "brand"),
    "meta": ("id", "title", "description", "availability", "condition", "price", "link", "image_link", "brand"),
}
COMMON = (
    *("id", "title", "description", "link", "image_link", "additional_image_link", "availability"),
    *("availability_date", "price", "sale_price", "sale_price_effective_date", "brand", "gtin", "mpn"),
    *("identifier_exists", "condition", "item_group_id", "color", "size", "material", "product_type"),
    *("shipping", "shipping_weight", *(f"custom_label_{number}" for number in range(5))),
)
LENGTHS = {
    "google": {"id": 50, "title": 150, "description": 5000, "brand": 70, "link": 2000, "product_type": 750},
    "meta": {"id": 100, "title": 200, "description": 9999, "brand": 100, "link": 2000, "product_type": 750},
}
#: What Meta calls it, in feeds and in Open Graph.
META = {
    State.ALWAYS: "in stock",
    State.IN_STOCK: "in stock",
    State.LAST: "in stock",
    State.BACK_ORDER: "available for order",
    State.PRE_ORDER: "preorder",
    State.SOLD_OUT: "out of stock",
}
GOOGLE = {
    State.ALWAYS: "in_stock",
    State.IN_STOCK: "in_stock",
    State.LAST: "in_stock",
    State.BACK_ORDER: "backorder",
    State.PRE_ORDER: "preorder",
    State.SOLD_OUT: "out_of_stock",
}
AVAILABILITY = {"google": GOOGLE, "meta": META}
# A day on which a pre-order comes must be said; where nobody knows it, this far ahead (days).
UNKNOWN_DAY = 30
OPTIONS = {"colour": "color", "color": "color", "size": "size", "material": "material"}
_GTIN = re.compile(r"\d{8}|\d{12,14}")


def columns_of(item: Item, channel: str, currency: str, seller: str, offer: Offer | None, now: datetime) -> dict:
    """Column -> text, or a list of texts; what is empty is left out."""

    def money(minor: int) -> str:
        return f"{Money(minor, currency).amount} {currency}"

    code = gtin(item.barcode)
    told = {
        "id": item.sku,
        "title": item.title,
        "description": item.description,
        "link": item.link,
        "image_link": item.pictures[0],
        "additional_image_link": item.pictures[1:],
        "availability": AVAILABILITY[channel][item.availability.state],
        "availability_date": _comes_on(item, now),
        "price": money(item.before or item.price),
        "sale_price": money(item.price) if item.before else "",
        "sale_price_effective_date": _until(item, now),
        "brand": item.brand or seller,
        "gtin": code,
        "mpn": "" if code else item.sku,
        "identifier_exists": "" if code or item.brand else "no",
        "condition": "new",
        "item_group_id": item.group,
        "product_type": item.product_type,
        "shipping": _shipping(offer, channel, currency),
        "shipping_weight": f"{item.weight_g} g" if item.weight_g else "",
    }
    for axis, words in item.options.items():
        if axis in OPTIONS:
            told[OPTIONS[axis]] = cut(words, 100)
    told |= {f"custom_label_{place}": cut(tag, 100) for place, tag in enumerate(item.tags[:5])}
    for name, length in LENGTHS[channel].items():
        told[name] = cut(told[name], length) if name in ("title", "description", "brand") else told[name][:length]
    return {name: told[name] for name in COMMON if told.get(name)}


def gtin(barcode: str) -> str:
    """The barcode when it is a GTIN whose check digit is right; empty otherwise. ISBN-10 and own codes are none."""
    digits = barcode.replace(" ", "").replace("-", "")
    if not _GTIN.fullmatch(digits):
        return ""
    weights = [3 if place % 2 == 0 else 1 for place in range(len(digits) - 1)]
    total = sum(int(digit) * weight for digit, weight in zip(reversed(digits[:-1]), weights, strict=True))
    return digits if (10 - total % 10) % 10 == int(digits[-1]) else ""


def _comes_on(item: Item, now: datetime) -> str:
    if not item.availability.waits:
        return ""
    day = item.availability.comes_on or (now + timedelta(days=UNKNOWN_DAY)).date()
    return datetime.combine(day, time(12), UTC).isoformat(timespec="minutes")


def _until(item: Item, now: datetime) -> str:
    if not (item.before and item.sale_ends):
        return ""
    begun = now.replace(minute=0, second=0, microsecond=0)
    return f"{begun.isoformat(timespec='minutes')}/{item.sale_ends.isoformat(timespec='minutes')}"


def _shipping(offer: Offer | None, channel: str, currency: str) -> str:
    """Country, service and price; only told in the currency that parcels are paid in."""
    if offer is None or currency != settings.SHOP_CURRENCY:
        return ""
    price = Money(offer.price, currency).amount
    return f"{settings.SHOP_COUNTRY}::{offer.name.replace(':', ' ')}:{price} {currency}"
