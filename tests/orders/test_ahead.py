"""Orders of sets, of goods in several places, and of goods that are still to come."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from catalog.actions import stock
from catalog.models import BundleItem, Location, StockLevel
from orders.actions import cancelling, payments, shipping
from orders.actions.checkout import place_order
from orders.models import Order
from orders.queries.summary import summarise
from tests.makers import make_cart, make_counter, make_details, make_product, make_variant

pytestmark = pytest.mark.django_db
DAY = date.today() + timedelta(days=40)


@pytest.fixture(autouse=True)
def counter(db):
    make_counter()


def buy(*wanted) -> Order:
    cart = make_cart(*wanted)
    order = place_order(cart, make_details(), summarise(cart, "ES", "standard").total)
    payments.mark_paid(order, None)
    order.refresh_from_db()
    return order


def level(variant) -> tuple[int, int]:
    found = variant.levels.get()
    return found.on_hand, found.reserved


def test_a_set_takes_its_parts_along_and_gives_them_back():
    pot, cup = make_variant(make_product("Pot"), stock=3), make_variant(make_product("Cup"), stock=9)
    tea = make_variant(make_product("Tea for two", kind="bundle"), tracks_stock=False)
    for part, pieces in ((pot, 1), (cup, 2)):
        BundleItem.objects.create(bundle=tea, component=part, quantity=pieces)

    kept, sent = buy((tea, 2)), buy((tea, 1), (cup, 1))
    assert (level(pot), level(cup)) == ((3, 3), (9, 7))
    assert [(part["name"], part["quantity"]) for part in sent.lines.first().components] == [("Pot", 1), ("Cup", 2)]

    shipping.ship(sent)
    cancelling.cancel(kept, "changed my mind")

    assert (level(pot), level(cup)) == ((2, 0), (6, 0))


def test_what_is_still_to_come_is_promised_later_and_sent_when_it_is_there():
    lamp = make_variant(stock=1)
    stock.set_terms(lamp.levels.get().pk, safety=0, back_order=5, comes_on=DAY)

    order = buy((lamp, 2))

    line = order.lines.get()
    assert (line.waits, line.expected_on) == ("back_order", DAY)
    assert order.promised_on > DAY
    with pytest.raises(stock.NotOnHand):
        shipping.ship(order)
    stock.adjust(lamp, by=1, reason="received")
    shipping.ship(order)
    assert level(lamp) == (0, 0)


def test_when_nobody_knows_the_day_none_is_promised():
    lamp = make_variant(stock=0)
    stock.set_terms(lamp.levels.get().pk, safety=0, back_order=5, comes_on=None)

    order = buy(lamp)

    assert (order.promised_from, order.promised_on, order.lines.get().expected_on) == (None, None, None)


def test_a_pre_order_is_not_sent_before_its_day():
    book = make_variant(stock=3, released_on=DAY)

    order = buy(book)

    assert order.lines.get().waits == "pre_order"
    with pytest.raises(shipping.TooEarly):
        shipping.ship(order)
    shipping.ship(order, now=timezone.now() + timedelta(days=41))


def test_a_line_from_two_places_goes_back_to_both():
    cup = make_variant(stock=2)
    shop = Location.objects.create(name="Shop", priority=20)
    StockLevel.objects.create(variant=cup, location=shop, on_hand=2)

    order = buy((cup, 3))
    assert order.lines.get().reservations.count() == 2
    cancelling.cancel(order, "no")

    assert list(cup.levels.order_by("pk").values_list("on_hand", "reserved")) == [(2, 0), (2, 0)]


def test_a_part_in_two_lines_is_shared_in_the_order_of_the_cart():
    pot = make_variant(make_product("Pot"), stock=1)
    tea = make_variant(make_product("Set", kind="bundle"), tracks_stock=False)
    BundleItem.objects.create(bundle=tea, component=pot, quantity=1)

    first, second = summarise(make_cart(tea, pot)).lines

    assert first.problem is None
    assert second.problem.kind == "sold out"
