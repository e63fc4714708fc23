"""Carts that travel as links, orders that are bought again, quantities that a product is sold in, and the estimate."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import Product
from orders.actions import cart_links
from orders.models import Cart, CartLine, CartLink, Order, TaxRate
from orders.tokens import token_for
from tests.makers import make_counter, make_customer, make_delivery, make_product, make_promotion, make_variant
from tests.orders.conftest import place
from tests.shop.forms import fields_of
from tests.shop.shopper import put_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def scarf():
    return make_variant(make_product("Wool scarf"), stock=5, price=4900)


@pytest.fixture
def teapot():
    return make_variant(make_product("Teapot"), stock=5, price=2500)


def link_of(client) -> str:
    page = client.post("/cart/send/").content.decode()
    return "/cart/from/" + page.split("/cart/from/")[1].split('"')[0]


def pieces(variant) -> int:
    return sum(line.quantity for line in CartLine.objects.filter(variant=variant, cart__status=Cart.Status.OPEN))


def test_a_cart_link_fills_an_empty_cart(client, scarf):
    put_in(client, scarf, 2)
    address, other = link_of(client), Client()

    assert "Put all in my cart" in other.get(address).content.decode()
    other.post(address, {"how": "add"})

    assert "Wool scarf" in other.get("/cart/").content.decode()
    assert [line.quantity for line in CartLine.objects.all()] == [2, 2]


@pytest.mark.parametrize(("how", "expected"), [("add", {"Wool scarf", "Teapot"}), ("replace", {"Wool scarf"})])
def test_opening_a_link_leaves_the_own_cart_alone_until_one_says_how(client, scarf, teapot, how, expected):
    put_in(client, scarf)
    address, other = link_of(client), Client()
    put_in(other, teapot)

    page = other.get(address).content.decode()
    assert "Add these to my cart" in page and "Empty my cart and take these" in page
    assert pieces(teapot) == 1

    other.post(address, {"how": how})
    own = Cart.objects.order_by("created_at").last()
    assert {line.name for line in own.lines.all()} == expected


def test_more_than_there_is_of_what_is_not_sold_in_the_currency_is_left_out(scarf):
    cart = Cart.objects.create(currency="USD")

    done = cart_links.put(cart, [cart_links.Wanted("Wool scarf", scarf, 99)])

    assert (done.left_out, cart.lines.count()) == (("Wool scarf",), 0)


def test_a_link_ends_on_its_day_and_a_forged_one_never_held(client, scarf):
    put_in(client, scarf)
    address = link_of(client)
    CartLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    for gone in (address, "/cart/from/forged~x/"):
        assert client.get(gone).status_code == 404
        assert client.post(gone, {"how": "replace"}).status_code == 404
    assert pieces(scarf) == 1


def test_staff_put_a_cart_together_with_a_code(admin_client, client, scarf):
    make_promotion("WELCOME", percent=10)
    until = timezone.now() + timedelta(days=3)
    admin_client.post("/admin/orders/cartlink/add/", {
        "note": "As we said", "code": "WELCOME", "expires_at_0": until.date(), "expires_at_1": "12:00",
        "lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0",
        "lines-0-variant": scarf.pk, "lines-0-quantity": "2",
    })  # fmt: skip
    page = admin_client.get(f"/admin/orders/cartlink/{CartLink.objects.get().pk}/change/").content.decode()
    address = "/cart/from/" + page.split("/cart/from/")[1].split("/")[0] + "/"

    assert "As we said" in client.get(address).content.decode()
    client.post(address, {"how": "add"})

    assert Cart.objects.get(lines__variant=scarf).codes == ["WELCOME"] and pieces(scarf) == 2


def test_an_order_is_bought_again_and_what_is_not_sold_any_more_is_named(client, scarf, teapot):
    make_counter()
    order = place((scarf, 2), teapot)
    Product.objects.filter(pk=teapot.product_id).update(status=Product.Status.ARCHIVED)

    page = client.post(f"/orders/{token_for(order)}/again/", follow=True).content.decode()

    assert "In your cart: Wool scarf." in page
    assert "Not for sale in this way any more: Teapot." in page
    assert pieces(scarf) == 2


def test_the_last_order_is_bought_again_from_the_account(client, scarf):
    make_counter()
    order, ada = place(scarf), make_customer("ada@example.com")
    Order.objects.update(customer=ada)
    client.force_login(ada)

    page = client.get("/my/").content.decode()

    assert f'action="/orders/{token_for(order)}/again/"' in page


SOLD = {"min_quantity": 4, "max_quantity": 12, "quantity_step": 2}


@pytest.mark.parametrize("quantity", [1, 3, 5, 14])
def test_a_quantity_that_is_not_sold_is_refused_in_words(client, quantity):
    cups = make_variant(make_product("Cups", **SOLD), stock=50)

    page = put_in(client, cups, quantity).url and client.get("/cart/").content.decode()

    assert "This is sold from 4 to 12 pieces, in steps of 2." in page and not CartLine.objects.exists()


def test_quantities_hold_for_all_that_is_added_and_the_page_begins_with_the_smallest(client):
    cups = make_variant(make_product("Cups", **SOLD), stock=50)
    form = fields_of(client.get(cups.product.get_absolute_url()), "/cart/lines/")
    assert form["quantity"] == "4"

    client.post("/cart/lines/", form)
    assert put_in(client, cups, 10).status_code == 302
    line = CartLine.objects.get()
    answer = client.post(f"/cart/lines/{line.pk}/", {"quantity": "5"})

    assert line.quantity == 4
    assert answer.status_code == 422 and "in steps of 2" in answer.content.decode()


def test_a_rule_that_came_later_is_told_in_the_cart_and_stops_the_order(client):
    make_counter()
    cups = make_variant(make_product("Cups"), stock=50)
    put_in(client, cups, 3)
    Product.objects.update(**SOLD)

    assert "This is sold from 4 to 12 pieces, in steps of 2." in client.get("/cart/").content.decode()
    assert client.get("/checkout/").url == "/cart/"


def test_delivery_and_tax_are_known_for_another_country_before_the_checkout(client, scarf):
    make_counter()
    make_delivery("abroad", 1290, countries="PT,ES")
    TaxRate.objects.create(country="PT", tax_class_id="standard", rate_bp=2300)
    put_in(client, scarf)
    form = fields_of(client.get("/cart/"), "/cart/country/")

    client.post("/cart/country/", {**form, "country": "PT"})
    page = client.get("/cart/").content.decode()

    assert "Delivery to Portugal: change" in page and "€10.08 tax is in it." in page
    assert '<option value="PT" selected>' in client.get("/checkout/").content.decode()
    client.post("/cart/country/", {"country": "<b>"})
    assert Cart.objects.get().country == "PT"


def test_the_same_cart_is_on_every_device_in_both_directions(client, scarf, teapot):
    ada = make_customer("ada@example.com")
    phone, desk = client, Client()
    for device in (phone, desk):
        device.force_login(ada)
    put_in(phone, scarf)
    assert "Wool scarf" in desk.get("/cart/").content.decode()

    put_in(desk, teapot)

    assert "Teapot" in phone.get("/cart/").content.decode()
