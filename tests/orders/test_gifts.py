"""What a promotion gives: in the cart by itself, free, out again when its condition fails, and in nobody's way."""

import pytest

from catalog.models import StockLevel
from orders.actions import carts
from orders.actions.checkout import place_order
from orders.models import PromotionUse
from orders.queries.summary import summarise
from tests.makers import make_cart, make_details, make_product, make_promotion, make_variant
from tests.orders.card import on_shelf
from tests.orders.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug(counter):
    return make_variant(make_product("Mug"), price=900, stock=2)


@pytest.fixture
def promotion(mug):
    return make_promotion(name="A mug for you", benefit="gift", gift=mug, min_value=9000)


def read(cart):
    return summarise(cart, "ES", "standard", NOW)


def test_it_is_put_in_free_and_taken_out_when_the_condition_fails(blanket, mug, promotion):
    cart = make_cart((blanket, 2))

    summary = read(cart)
    gift = summary.lines[-1]
    assert (gift.name, gift.quantity, gift.is_gift, gift.gross - gift.discount) == ("Mug", 1, True, 0)
    assert summary.total == 2 * 4900 + 490
    order = place_order(cart, make_details(), summary.total, NOW)
    assert order.lines.get(variant=mug).gross == 0
    assert (order.total, on_shelf(mug)) == (10_290, (2, 1))
    assert PromotionUse.objects.get(order=order).amount == 900

    other = make_cart((blanket, 2))
    carts.set_quantity(other.lines.get(), 1)
    assert not any(line.is_gift for line in read(other).lines)
    assert cart.lines.count() == other.lines.count() == 1


def test_what_is_given_opens_no_other_promotion(blanket, mug, promotion):
    make_promotion(benefit="order_amount", amount=1000, min_value=10_000)

    summary = read(make_cart((blanket, 2)))

    assert [applied.rule.pk for applied in summary.outcome.applied] == [promotion.pk]


@pytest.mark.parametrize("moment", ["before", "in between"])
def test_sold_out_it_stops_no_order(blanket, mug, promotion, moment):
    cart = make_cart((blanket, 2))
    summary = read(cart)
    StockLevel.objects.filter(variant=mug).update(on_hand=0)
    if moment == "before":
        summary = read(cart)
        assert [line.name for line in summary.gifts_gone] == ["Mug"]

    order = place_order(cart, make_details(), summary.total, NOW, summary)

    assert (order.status, order.total) == ("placed", 10_290)
    assert [line.product_name for line in order.lines.all()] == ["Wool blanket"]
    assert not PromotionUse.objects.filter(order=order).exists()
