"""Whatever is typed, the counter answers: taken, or refused with a sentence; never a fault of ours."""

import json
from pathlib import Path

import pytest

from orders.models import Order
from tests.makers import make_counter, make_customer, make_product, make_variant
from tests.shop.shopper import ADA, put_in, typed

pytestmark = pytest.mark.django_db

LIST = Path(__file__).resolve().parents[3] / "shared" / "data" / "hostile" / "blns.json"
OWN = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "0",
    "-1",
    "1e309",
    "NaN",
    "9" * 5000,
    "é" * 20_000,
    "'; DROP TABLE orders_order; --",
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% load x %}",
    "../../../../etc/passwd",
    "%00%0d%0aSet-Cookie: a=b",
    "a@b.com\r\nBcc: all@example.com",
    "\u202eRTL\u200f",
    "Z\u0351\u036b\u0343A\u0321L\u0360G\u0489O",
    "😀" * 300,
    "١٢٣",
]
STRINGS = OWN + (json.loads(LIST.read_text()) if LIST.exists() else [])
# For the forms that pass through the same doors as the checkout, which takes them all.
SAMPLE = OWN + STRINGS[len(OWN) :: 4]
TEXTS = ["email", "name", "line1", "line2", "postcode", "city", "company", "phone", "note"]
CHOICES = ["country", "delivery", "payment", "address", "cart", "total-standard", "news", "other_billing", "update"]


@pytest.fixture
def shopper(client):
    make_counter()
    put_in(client, make_variant(make_product("Wool scarf"), stock=999), 1)
    return client


def test_the_checkout_survives_every_string_in_its_texts(shopper):
    form = typed(shopper)

    # A different one in each field, so that few requests carry them all.
    for start in range(0, len(STRINGS), len(TEXTS)):
        strings = dict(zip(TEXTS, STRINGS[start : start + len(TEXTS)], strict=False))
        response = shopper.post("/checkout/", {**form, **strings})
        assert response.status_code in (409, 422), (response.status_code, strings)


@pytest.mark.parametrize("name", CHOICES)
def test_the_checkout_survives_every_string_in_place_of_a_choice(shopper, name):
    # Never a whole order, so that the cart stays for the next string.
    form = typed(shopper, name="")

    for string in ["", "\x00", "-1", "9" * 5000, "<script>", "١٢٣"]:
        response = shopper.post("/checkout/", {**form, name: string})
        assert response.status_code in (200, 409, 422), (response.status_code, string)


def test_an_address_in_any_words_makes_an_order_or_a_sentence(shopper):
    words = {"name", "line1", "line2", "city", "company", "note"}

    for string in OWN:
        put_in(shopper, make_variant(stock=9))
        response = shopper.post("/checkout/", {**typed(shopper), **dict.fromkeys(words, string)})
        assert response.status_code in (303, 422), (response.status_code, string)
    # No control character ever reaches a letter or a label.
    for order in Order.objects.prefetch_related("addresses"):
        assert not set("\x00\r\n") & set(order.addresses.all()[0].name)


def test_the_invoice_address_survives_too(shopper):
    form = typed(shopper, name="", other_billing="on")
    names = ["billing-country", "billing-name", "billing-line1", "billing-postcode", "billing-city", "billing-company"]

    for string in OWN:
        assert shopper.post("/checkout/", {**form, **dict.fromkeys(names, string)}).status_code == 422


def test_the_checkout_survives_missing_fields(shopper):
    form = typed(shopper)

    for name in form:
        fewer = {key: value for key, value in form.items() if key not in (name, "line1")}
        assert shopper.post("/checkout/", fewer).status_code in (409, 422)
    assert shopper.post("/checkout/").status_code == 422


def test_the_cart_survives_every_string(shopper):
    for number, string in enumerate(STRINGS):
        data = {"sku": string, "quantity": "1"} if number % 2 else {"sku": "SKU-1", "quantity": string}
        assert shopper.post("/cart/lines/", data).status_code == 302


def test_the_confirmations_of_the_cart_survive_too(shopper):
    for string in OWN:
        data = {"sku": string, "quantity": string}
        assert shopper.post("/cart/lines/", data, headers={"HX-Request": "1"}).status_code == 422
        assert shopper.get("/cart/", {"removed": string, "quantity": string}).status_code == 200


def test_the_quantity_of_a_line_survives_every_string(shopper):
    line = "/cart/lines/" + shopper.get("/cart/").content.decode().split("/cart/lines/")[1].split('"')[0]

    for string in OWN:
        if string.strip() != "0":
            assert shopper.post(line, {"quantity": string}).status_code in (302, 422), string


def test_the_address_book_survives_every_string(client):
    ada = make_customer()
    client.force_login(ada)

    for string in OWN:
        data = {**ADA, "country": "ES", **dict.fromkeys(["name", "line1", "city", "company", "phone"], string)}
        assert client.post("/my/addresses/", data).status_code in (200, 302)
        assert client.post("/my/addresses/", {**data, "country": string}).status_code in (200, 302)
        assert client.post("/my/preferences/", {"name": string, "language": string}).status_code == 200
