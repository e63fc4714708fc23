"""One gift card, many hands: real threads, each with a connection of its own."""

import pytest
from django.db import DatabaseError
from django.db.models import Sum

from orders.actions import carts, credit, payments
from orders.actions.checkout import CreditChanged, TotalChanged, place_order
from orders.actions.refund_once import RefundedMeanwhile, refund_order, went_back
from orders.actions.refund_parts import Back, Parts
from orders.actions.withdrawing import withdraw
from orders.models import Cart, CreditAccount, CreditEntry, Order
from orders.queries.summary import summarise
from tests.makers import (
    make_cart,
    make_counter,
    make_customer,
    make_details,
    make_gift_card,
    make_product,
    make_variant,
)
from tests.orders.conftest import NOW, place
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


def test_four_presses_of_a_refund_over_two_payments_give_it_back_once():
    make_counter()
    blanket, card = make_variant(stock=5, price=4900), make_gift_card(3000)
    cart = make_cart(blanket)
    credit.enter(cart, credit.code_of(card), NOW)
    order = place(cart=cart)
    payments.mark_paid(order, now=NOW)

    outcome = at_once([lambda: len(refund_order(order, 0, Parts(goodwill=4000), "", now=NOW))] * 4)

    card.refresh_from_db()
    assert outcome == {2: 1, RefundedMeanwhile: 3}
    assert (went_back(order), card.balance) == (4000, 4000 - 2390)


@pytest.mark.parametrize("round_", range(3))
def test_giving_back_and_paying_with_the_same_cards_never_wait_for_each_other(round_):
    """The sold card is older than the store credit that its price becomes: each wants both."""
    make_counter()
    ada, blanket = make_customer("ada@example.com"), make_variant(stock=5, price=9000)
    gift = make_variant(make_product("Gift card", kind="gift_card"), price=5000, tracks_stock=False)
    sold = place(cart=make_cart(gift, customer=ada))
    payments.mark_paid(sold, now=NOW)
    credit.credit_customer(ada, 3000, "EUR", NOW)
    cart = Cart.objects.open().filter(customer=ada).first() or make_cart(customer=ada)
    carts.add(cart, blanket, 1)
    credit.use_store_credit(cart, NOW)
    credit.enter(cart, credit.code_of(sold.lines.get().gift_cards.get()), NOW)
    shown = summarise(cart, "ES", "standard", NOW).total
    back = Parts((Back(sold.lines.get().pk, 1),))

    outcome = at_once(
        [
            lambda: place_order(cart, make_details(), shown, NOW).status,
            lambda: refund_order(sold, 0, back, "", now=NOW, to_credit=True)[0].status,
        ]
    )

    assert not [one for one in outcome if isinstance(one, type) and issubclass(one, DatabaseError)]
    assert outcome["succeeded"] == 1 or outcome["placed"] == 1
    for account in CreditAccount.objects.all():
        assert account.balance == (account.entries.aggregate(sum=Sum("amount"))["sum"] or 0) >= 0
