"""Texts of order steps: asked for by the shopper, chosen by the merchant, in the order's language."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from customers.models import ShopDetails, Text
from orders.actions import lateness, no_texts, shipping
from orders.actions.checkout import place_order
from orders.models import DeliveryMethod, Order
from orders.queries.summary import summarise
from tests.makers import make_cart, make_counter, make_details, make_variant

pytestmark = pytest.mark.django_db
MADRID = ZoneInfo("Europe/Madrid")
NOON = datetime(2026, 11, 18, 12, tzinfo=MADRID)
STEPS = {f"text_{step}": True for step in ShopDetails.TEXT_STEPS}


@pytest.fixture
def counter(settings):
    settings.TEXT_PROVIDER = "customers.texts.log.Log"
    make_counter()
    DeliveryMethod.objects.update(tracking_url="https://carrier.example/{number}")


def ordered(now=NOON, **typed) -> Order:
    typed = {"payment": "on_delivery", "texts_to": "+34600123456", **typed}
    cart = make_cart(make_variant())
    total = summarise(cart, "ES", "standard", now).total
    return place_order(cart, make_details(**typed), total, now)


def told() -> list[str]:
    return list(Text.objects.order_by("pk").values_list("words", flat=True))


def test_each_step_that_the_merchant_chose_is_told(counter):
    ShopDetails(name="Lumbre", **STEPS).save()
    order = ordered()

    shipping.ship(order, tracking_number="ES42", now=NOON)

    assert told() == [
        f"Lumbre: Thank you. We have your order {order.number}.",
        f"Lumbre: Order {order.number} is on its way. https://carrier.example/ES42",
    ]
    assert {text.to for text in Text.objects.all()} == {"+34600123456"}


@pytest.mark.parametrize("missing", ["tick", "provider", "step"])
def test_nobody_is_texted_who_did_not_ask_or_where_it_is_not_offered(counter, settings, missing):
    settings.TEXT_PROVIDER = "" if missing == "provider" else settings.TEXT_PROVIDER
    ShopDetails(name="Lumbre", **({} if missing == "step" else STEPS)).save()
    order = ordered(texts_to="" if missing == "tick" else "+34600123456")

    shipping.ship(order, now=NOON)

    assert told() == []


def test_a_parcel_that_leaves_at_night_is_told_in_the_morning(counter):
    ShopDetails(name="Lumbre", text_sent=True).save()

    shipping.ship(ordered(), now=datetime(2026, 11, 18, 23, 5, tzinfo=MADRID))

    assert Text.objects.get().due_at == datetime(2026, 11, 19, 8, tzinfo=MADRID)


def test_a_link_that_would_make_it_too_long_is_left_out(counter):
    ShopDetails(name="Вереск", text_sent=True).save()

    shipping.ship(ordered(language="ru"), tracking_url=f"https://carrier.example/{'x' * 250}", now=NOON)

    assert ("https" in Text.objects.get().words, Text.objects.get().segments) == (False, 1)


def test_who_waits_longer_than_promised_is_told_once(counter):
    ShopDetails(name="Lumbre", text_late=True).save()
    order, quiet = ordered(), ordered(texts_to="")
    late = datetime.combine(order.promised_on + timedelta(days=1), NOON.timetz())

    assert lateness.tell(late - timedelta(days=1)) == 0
    lateness.tell(late), lateness.tell(late + timedelta(days=1))

    assert [str(order.number) in words for words in told()] == [True]
    assert quiet.promised_on == order.promised_on


def test_who_wants_no_more_texts_gets_none_not_even_those_that_wait(counter):
    ShopDetails(name="Lumbre", **STEPS).save()
    order = ordered()

    assert no_texts.stop(order)
    shipping.ship(order, now=NOON)

    assert told() == []
