"""Somebody who shops: fills a cart, and the one form of the checkout."""

from tests.shop.forms import fields_of

ADA = {
    "email": "ada@example.com",
    "name": "Ada Byron",
    "line1": "Calle Mayor 1",
    "postcode": "28013",
    "city": "Madrid",
}


def put_in(client, variant, quantity=1):
    return client.post("/cart/lines/", {"sku": variant.sku, "quantity": quantity})


def typed(client, prefix="", **fields) -> dict:
    """What the form of the checkout sends when Ada has filled it in; a field of None is not sent."""
    page = client.get(f"{prefix}/checkout/")
    found = {**fields_of(page, f"{prefix}/checkout/"), **ADA, "payment": "bank_transfer", **fields}
    return {name: value for name, value in found.items() if value is not None}


def order_by(client, **fields):
    return client.post("/checkout/", typed(client, **fields))
