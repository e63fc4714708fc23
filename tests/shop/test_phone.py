"""Orders by telephone: staff does what a shopper would, and the till is the same."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.actions import listing
from customers.models import Customer, Mail
from orders.actions import carts, credit, phone
from orders.actions.reservations import release_expired
from orders.models import Cart, Order, Payment
from orders.queries.summary import summarise
from orders.tokens import token_for
from tests.makers import (
    make_counter,
    make_customer,
    make_gift_card,
    make_personalisation,
    make_product,
    make_promotion,
    make_variant,
)
from tests.shop.forms import fields_of

ADA = {
    "email": "ada@example.com", "name": "Ada Byron", "line1": "Calle Mayor 1", "postcode": "28013", "city": "Madrid",
    "country": "ES", "delivery": "standard", "payment": "bank_transfer", "language": "es",
}  # fmt: skip


@pytest.fixture
def clerk(client, db):
    clerk = Customer.objects.create_superuser("clerk@shop.example", "correct horse", name="Marc Soler")
    client.force_login(clerk)
    make_counter()
    return clerk


@pytest.fixture
def blanket(clerk):
    blanket = make_variant(make_product("Wool blanket"), stock=10, price=4900, sku="WB-1")
    listing.refresh([blanket.product_id])
    return blanket


def press(client, cart: Cart, do: str, **typed):
    """Everything that the page holds goes along, as from a browser without scripts."""
    address = reverse("phone-order", args=[cart.pk])
    known = getattr(cart, "page", None) or client.get(address)
    answer = client.post(address, {**fields_of(known, ""), **typed, "do": do})
    if answer.status_code != 302:
        cart.page = answer
    return answer


def begin(clerk, *wanted, **fields) -> Cart:
    cart = phone.begin(clerk, **fields)
    for variant in wanted:
        carts.add(cart, variant)
    return cart


def test_an_order_by_telephone_is_the_order_a_shopper_would_have_placed(client, clerk, blanket):
    make_promotion("WARM")
    cart = begin(clerk)
    press(client, cart, f"add-{blanket.pk}", what="WB-1", **{f"number-{blanket.pk}": "2"})
    press(client, cart, "update", code="warm", **ADA)

    press(client, cart, "place")

    order = Order.objects.get()
    web = Cart.objects.create(codes=["WARM"])
    carts.add(web, blanket, 2)
    assert order.total == summarise(web, "ES", "standard").total == 9310
    assert (order.channel, order.entered_by, order.language) == ("phone", clerk, "es")
    assert [event.actor for event in order.events.all()] == [clerk, clerk]
    letter = Mail.objects.get()
    assert letter.to == "ada@example.com" and order.number in letter.text and "Gracias" in letter.text
    assert not Cart.objects.open().filter(pk=cart.pk).exists()


def test_what_is_refused_stands_at_its_place_and_what_was_typed_stays(client, clerk, blanket):
    cart = begin(clerk, blanket)
    line = cart.lines.get()
    typed = {**ADA, "line1": "", f"pieces-{line.pk}": "11", "code": "NO SUCH", "note": "Ring twice"}

    page = press(client, cart, "place", **typed)

    assert page.status_code == 422 and not Order.objects.exists()
    words = page.content.decode()
    assert "Only 10 pieces are left" in words and "This code cannot be used" in words
    kept = fields_of(page, "")
    assert (kept[f"pieces-{line.pk}"], kept["code"], kept["note"], kept["city"]) == (
        "11",
        "NO SUCH",
        "Ring twice",
        "Madrid",
    )
    page = press(client, cart, "place", code="", **{f"pieces-{line.pk}": "10"})
    assert "Write the street and the number." in page.content.decode() and not Order.objects.exists()


def test_a_total_that_was_not_shown_is_not_ordered(client, clerk, blanket):
    cart = begin(clerk, blanket)
    press(client, cart, "update", **ADA)
    blanket.price = 5900
    blanket.save()

    page = press(client, cart, "place")

    assert page.status_code in (409, 422) and not Order.objects.exists()
    press(client, cart, "place")
    assert Order.objects.get().total == 6390


def test_a_customer_is_looked_up_and_keeps_his_own_cart_and_prices(client, clerk, blanket):
    ada = make_customer("ada@example.com", name="Ada Byron", phone="+34 600 123 456", language="ru")
    lines = {name: ADA[name] for name in ("name", "line1", "postcode", "city", "country")}
    ada.addresses.create(**lines, is_default=True)
    own = carts.open_for(ada)
    cart = begin(clerk, blanket)
    for typed in ("byron", "600 123", "ADA@"):
        assert f"customer-{ada.pk}" in press(client, cart, "update", who=typed).content.decode()

    press(client, cart, f"customer-{ada.pk}")
    press(client, cart, "place")

    order = Order.objects.get()
    assert (order.customer, order.language, order.addresses.get().city) == (ada, "ru", "Madrid")
    assert carts.find(ada).pk == own.pk


def test_a_guest_is_known_by_his_last_order_and_may_get_an_account(client, clerk, blanket):
    first = begin(clerk, blanket)
    press(client, first, "update", **ADA)
    press(client, first, "place")
    known = Order.objects.get()
    cart = begin(clerk, blanket)
    press(client, cart, "update", who="byron madrid 28013")
    press(client, cart, "update", who="byron")

    press(client, cart, f"guest-{known.pk}")
    press(client, cart, "place", account="1", payment="bank_transfer")

    order = Order.objects.order_by("pk").last()
    assert order.email == "ada@example.com" and order.customer.name == "Ada Byron"
    assert not order.customer.has_usable_password()


def test_what_goods_ask_is_asked_on_the_telephone_too(client, clerk, blanket):
    asked = make_personalisation(blanket.product, is_required=True)
    cart = begin(clerk)

    page = press(client, cart, f"add-{blanket.pk}", what="WB-1")
    assert page.status_code == 422 and "Name to engrave" in page.content.decode()
    press(client, cart, f"add-{blanket.pk}", **{f"answer-{asked.pk}": "Ada"})

    assert list(cart.lines.get().answers.values()) == ["Ada"]


def test_money_that_is_in_hand_pays_the_order_at_once(client, clerk, blanket):
    cart = begin(clerk, blanket)
    press(client, cart, "update", **ADA)

    press(client, cart, "place", payment="desk", paid_with="In cash, receipt 114")

    order, payment = Order.objects.get(), Payment.objects.get()
    assert order.is_paid and payment.captured == order.total and payment.events.get().amount == order.total
    assert order.events.get(type="paid").text == "In cash, receipt 114"
    assert "Please transfer" not in Mail.objects.get(key__startswith="order-confirmation").text


def test_a_link_to_the_card_page_goes_by_mail_and_holds_for_a_day(client, clerk, blanket, stripe):
    cart = begin(clerk, blanket)
    press(client, cart, "update", **ADA)

    press(client, cart, "place", payment="card")

    order = Order.objects.get()
    link = reverse("pay", args=[token_for(order)])
    assert order.status == "pending" and link in Mail.objects.get().text
    assert release_expired(timezone.now() + timedelta(hours=20)) == 0
    away = client.post(link)
    assert away.status_code == 303 and Payment.objects.get().expires_at == order.pay_until
    stripe.pay(Payment.objects.get().session_id)
    client.get(link)
    order.refresh_from_db()
    assert order.is_paid and order.number


def test_a_gift_card_pays_and_shoppers_cannot_use_the_desk(client, clerk, blanket):
    card = make_gift_card(10_000)
    cart = begin(clerk, blanket)
    press(client, cart, "update", code=credit.code_of(card), **ADA)
    press(client, cart, "place")
    assert Order.objects.get().is_paid

    client.force_login(make_customer())
    for answer in (client.get(reverse("phone-orders")), client.post(reverse("phone-orders"))):
        assert answer["Location"] == f"/admin/login/?next={reverse('phone-orders')}"
    client.force_login(make_customer(is_staff=True))
    assert client.get(reverse("phone-orders"))["Location"] == "/admin/"
    client.post(reverse("phone-orders"))
    assert not Cart.objects.open().filter(channel="phone").exists()


def test_an_order_begins_on_the_page_of_its_customer(client, clerk):
    ada = make_customer("ada@example.com", name="Ada Byron", language="ru")
    link = f"{reverse('phone-orders')}?customer={ada.pk}"
    assert link in client.get(f"/admin/customers/customer/{ada.pk}/change/").content.decode()

    page = client.get(link)
    client.post(link, fields_of(page, ""))

    cart = Cart.objects.get()
    assert (cart.customer, cart.language, cart.entered_by) == (ada, "ru", clerk)
