"""One gift card, many hands: real threads, each with a connection of its own."""

import pytest
from django.db.models import Sum

from orders.actions import credit
from orders.actions.checkout import CreditChanged, TotalChanged, place_order
from orders.actions.withdrawing import withdraw
from orders.models import CreditEntry, Order
from orders.queries.summary import summarise
from tests.makers import make_cart, make_counter, make_details, make_gift_card, make_variant
from tests.orders.conftest import NOW
from tests.orders.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_orders_that_want_one_card_spend_it_once_and_give_it_back_once():
    make_counter()
    blanket, card = make_variant(stock=50, price=4900), make_gift_card(6000)
    carts = [make_cart(blanket) for _ in range(8)]
    for cart in carts:
        credit.enter(cart, credit.code_of(card), NOW)
    shown = summarise(carts[0], "ES", "standard", NOW).total
    buyers = [make_details(email=f"buyer{number}@example.com", payment="card") for number in range(8)]

    outcome = at_once(
        [
            lambda c=c, d=d: place_order(c, d, shown, NOW, shown_rest=0).payment_status
            for c, d in zip(carts, buyers, strict=True)
        ]
    )

    card.refresh_from_db()
    assert outcome.pop("paid") == 1
    assert set(outcome) <= {CreditChanged, TotalChanged}
    assert (card.balance, Order.objects.count()) == (6000 - shown, 1)

    order = place_order(next(one for one in carts if not one.orders.exists()), make_details(payment="card"), shown, NOW)
    at_once([lambda: withdraw(order, "not paid", NOW)] * 6)

    card.refresh_from_db()
    assert card.balance == card.entries.aggregate(sum=Sum("amount"))["sum"] == 6000 - shown
    assert card.entries.filter(kind=CreditEntry.Kind.RETURNED).count() == 1
