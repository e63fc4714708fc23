"""Picked up in a shop: offered with its stock, without an address, told about and handed over."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from catalog.models import Location, StockLevel
from customers.models import Mail
from orders.actions import pickup, shipping
from orders.actions.checkout import place_order
from orders.models import DeliveryMethod, DeliveryZone, Order, Reservation, Shipment
from orders.queries.summary import summarise
from tests.makers import make_cart, make_counter, make_customer, make_delivery, make_details, make_variant

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def shop() -> Location:
    make_counter()
    make_delivery("pickup", price=0, kind="pickup", handling_days=0, min_days=0, max_days=0, countries=["ES"])
    Location.objects.create(name="Warehouse", priority=1)
    return Location.objects.create(
        name="Ruzafa", public_name="Shop in Ruzafa", address="Carrer de Cadis 00", hours="Mon–Sat 10–20",
        kind="shop", priority=2, offers_pickup=True, weekdays="012345",
    )  # fmt: skip


@pytest.fixture
def cup():
    return make_variant(stock=5, price=2000)


def code(shop: Location) -> str:
    return f"pickup.{shop.pk}"


def offer_in(shop: Location, *wanted):
    found = summarise(make_cart(*wanted), now=MONDAY)
    assert found.offers[0].code == "standard"
    return next(offer for offer in found.offers if offer.code == code(shop))


def order_for(shop: Location, *wanted, **fields) -> Order:
    cart = make_cart(*wanted)
    total = summarise(cart, method=code(shop)).total
    blank = dict.fromkeys(("line1", "postcode", "city"), "")
    return place_order(cart, make_details(delivery=code(shop), **{**blank, **fields}), total)


def test_what_lies_there_is_ready_the_same_day_and_the_rest_is_brought(shop, cup):
    StockLevel.objects.create(variant=cup, location=shop, on_hand=2)

    here, brought = offer_in(shop, (cup, 2)), offer_in(shop, (cup, 3))

    assert (here.lies_there, here.arrives_from, here.price) == (True, date(2026, 3, 2), 0)
    assert (brought.lies_there, brought.arrives_from) == (False, date(2026, 3, 4))


def test_it_is_held_in_the_shop_without_an_address_or_a_fee(shop, cup):
    level = StockLevel.objects.create(variant=cup, location=shop, on_hand=2)

    order = order_for(shop, (cup, 2))

    assert (order.total, order.delivery_gross, order.pickup_place) == (4000, 0, shop)
    assert (order.delivery_name, order.pickup_address) == ("Shop in Ruzafa", "Carrer de Cadis 00")
    assert [address.kind for address in order.addresses.all()] == ["billing"]
    assert Reservation.objects.get().level == level


def test_the_buyer_is_told_once_in_his_language_and_gets_no_letter_of_a_parcel(shop, cup):
    order = order_for(shop, cup, language="es")
    with pytest.raises(shipping.NotPaid):
        pickup.make_ready(order)
    Order.objects.update(payment_status="paid", paid_at=MONDAY)

    assert [pickup.make_ready(order), pickup.make_ready(order)] == [True, False]
    pickup.hand_over(order)

    letter = Mail.objects.get(key=f"order-ready:{order.pk}")
    assert "Carrer de Cadis 00" in letter.text
    assert letter.language == "es"
    assert not Mail.objects.filter(key__startswith="order-shipped").exists()
    assert (order.fulfilment_status, Shipment.objects.count()) == ("fulfilled", 1)
    with pytest.raises(pickup.NotPickedUp):
        pickup.make_ready(order)


def test_a_parcel_is_not_handed_over_in_a_shop(shop, cup):
    cart = make_cart(cup)
    order = place_order(cart, make_details(), summarise(cart, method="standard").total)

    with pytest.raises(pickup.NotPickedUp):
        pickup.hand_over(order)


def test_the_page_asks_no_address_and_the_order_says_where(client, shop, cup):
    StockLevel.objects.create(variant=cup, location=shop, on_hand=2)
    client.post(reverse("add-line"), {"sku": cup.sku, "quantity": 1})
    page = client.get(reverse("checkout"))
    desk = page.context["desk"]
    choice = next(choice for choice in desk.choices if choice.code == code(shop))
    assert "Carrer de Cadis 00" in page.content.decode()

    typed = {
        "cart": page.context["mark"], "email": "ada@example.com", "name": "Ada Byron", "country": "ES",
        "delivery": choice.code, choice.total_name: choice.total, choice.rest_name: choice.rest,
        "payment": "bank_transfer",
    }  # fmt: skip
    refused = client.post(reverse("checkout"), {**typed, "payment": "on_delivery"})
    assert (refused.status_code, Order.objects.count()) == (422, 0)
    placed = client.post(reverse("checkout"), typed, follow=True).content.decode()

    order = Order.objects.get()
    assert (order.pickup_place, order.total) == (shop, 2000)
    assert "Pick up from" in placed
    assert "Mon–Sat 10–20" in placed


def test_where_no_parcel_goes_nobody_is_sent_to_a_shop_unasked(client, shop, cup):
    far = DeliveryZone.objects.create(name="Ceuta", countries=["ES"], postcodes="51")
    DeliveryMethod.objects.get(code="standard").prices.create(zone=far, currency="EUR", price=None)
    client.post(reverse("add-line"), {"sku": cup.sku, "quantity": 1})

    typed = {"country": "ES", "postcode": "51001", "update": "postcode"}
    page = client.post(reverse("checkout"), typed).content.decode()

    assert "We do not deliver to 51001, Spain. You can pick it up." in page
    assert not re.search(r'name="delivery"[^>]* checked', page)


def test_a_clerk_says_ready_and_hands_over(client, shop, cup):
    order = order_for(shop, cup)
    Order.objects.update(payment_status="paid", paid_at=MONDAY)
    client.force_login(make_customer(is_staff=True, is_superuser=True))
    assert "Ready for pick-up" in client.get(reverse("admin:orders_order_change", args=[order.pk])).content.decode()

    for step in ("ready", "hand_over"):
        client.post(reverse(f"admin:orders_order_{step}", args=[order.pk]))

    order.refresh_from_db()
    assert order.ready_at
    assert order.fulfilment_status == "fulfilled"
