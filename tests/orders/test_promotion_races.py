"""Limits under parallel hands: real threads, each with a connection of its own."""

import pytest

from orders.actions import promotions
from orders.actions.cancelling import cancel
from orders.actions.checkout import TotalChanged, place_order
from orders.models import Order, PromotionTally, PromotionUse
from orders.queries.summary import summarise
from tests.makers import make_cart, make_counter, make_details, make_promotion, make_variant
from tests.orders.conftest import NOW
from tests.orders.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scarf(db):
    make_counter()
    return make_variant(stock=500, price=4900)


def carts_with(code: str, variant, number: int) -> list:
    carts = [make_cart(variant) for _ in range(number)]
    for cart in carts:
        promotions.enter(cart, code, NOW)
    return carts


def test_twenty_buyers_of_a_code_for_three_use_it_three_times(scarf):
    make_promotion("three", benefit="order_percent", limit_total=3)
    carts = carts_with("three", scarf, 20)
    shown = summarise(carts[0], "ES", "standard", NOW).total
    buyers = [make_details(email=f"buyer{number}@example.com") for number in range(20)]

    outcome = at_once(
        [lambda c=c, d=d: place_order(c, d, shown, NOW).status for c, d in zip(carts, buyers, strict=True)]
    )

    assert outcome == {"placed": 3, TotalChanged: 17}
    assert PromotionUse.objects.count() == PromotionTally.objects.get().used == 3


def test_one_buyer_in_many_windows_uses_it_once_and_a_budget_is_never_overspent(scarf):
    make_promotion("mine", benefit="order_amount", amount=500, limit_per_customer=1)
    make_promotion("purse", benefit="order_amount", amount=500, budget=1700)
    own, others = carts_with("mine", scarf, 6), carts_with("purse", scarf, 10)
    shown = summarise(own[0], "ES", "standard", NOW).total
    jobs = [lambda c=c: place_order(c, make_details(), shown, NOW).status for c in own]
    jobs += [
        lambda c=c, n=n: place_order(c, make_details(email=f"buyer{n}@example.com"), shown, NOW).status
        for n, c in enumerate(others)
    ]

    outcome = at_once(jobs)

    assert outcome == {"placed": 1 + 3, TotalChanged: 12}
    assert set(PromotionTally.objects.filter(key__startswith="money").values_list("used", flat=True)) == {1500}


def test_calling_off_and_buying_at_once_keep_the_count(scarf):
    make_promotion("once", benefit="order_percent", limit_total=1)
    carts = carts_with("once", scarf, 6)
    shown = summarise(carts[0], "ES", "standard", NOW).total
    order = place_order(carts[0], make_details(email="first@example.com"), shown, NOW)
    jobs = [lambda: cancel(Order.objects.get(pk=order.pk), "changed", now=NOW).status] * 3
    jobs += [
        lambda c=c, n=n: place_order(c, make_details(email=f"buyer{n}@example.com"), shown, NOW).status
        for n, c in enumerate(carts[1:])
    ]

    outcome = at_once(jobs)

    assert outcome["cancelled"] == 3 and outcome["placed"] <= 1
    standing = PromotionUse.objects.filter(released_at__isnull=True).count()
    assert standing == outcome["placed"] == PromotionTally.objects.get().used
