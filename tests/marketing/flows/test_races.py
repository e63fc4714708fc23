"""Shoppers pay while workers write: no reminder leaves after a payment is there. RACES=10000 runs as many."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random

import pytest
from django.db import connection, transaction

from customers import consent
from marketing.actions.reminders import dispatch, plan
from marketing.models import Message
from orders.models import Cart
from tests.makers import make_variant
from tests.marketing.conftest import NOW, make_cart, make_flow
from tests.marketing.orders import make_order

RACES = int(os.environ.get("RACES", "40"))
AT_ONCE = 40
TAKEN = ("sending", "handed_over", "in_doubt")


def pay(cart_id, chance: Random) -> tuple[object, bool]:
    """Order and pay; says whether the reminder was on its way already, seen under the lock of the cart."""
    with transaction.atomic():
        cart = Cart.objects.select_for_update().get(pk=cart_id)
        was_taken = Message.objects.filter(cart=cart, status__in=TAKEN).exists()
        state = {"cart": cart} if chance.random() < 0.7 else {}
        make_order(email=cart.email, placed_at=NOW, payment_status="paid", paid_at=NOW, **state)
        if chance.random() < 0.8:
            Cart.objects.filter(pk=cart_id).update(status=Cart.Status.ORDERED, ordered_at=NOW)
    return cart_id, was_taken


def race(emails: list[str], variant, chance: Random) -> tuple[int, list]:
    carts = [make_cart(email=email, variant=variant).pk for email in emails]
    if chance.random() < 0.5:
        plan(NOW)
    acts = [*(lambda pk=pk: pay(pk, chance) for pk in carts if chance.random() < 0.8)]
    acts += [lambda: plan(NOW), lambda: dispatch(NOW + timedelta(minutes=1)), lambda: dispatch(NOW)] * 2
    chance.shuffle(acts)

    def run(act):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = [one for one in pool.map(run, acts) if isinstance(one, tuple)]
    dispatch(NOW + timedelta(minutes=2))
    sent = set(Message.objects.filter(cart__in=carts, status="handed_over").values_list("cart", flat=True))
    return len(sent), [pk for pk, was_taken in told if pk in sent and not was_taken]


@pytest.mark.django_db(transaction=True)
def test_no_reminder_leaves_after_a_committed_payment():
    chance, variant = Random(7), make_variant(stock=100)
    make_flow()
    sent, wrong = 0, []
    for first in range(0, RACES, AT_ONCE):
        emails = [f"p{number}@example.com" for number in range(first, min(first + AT_ONCE, RACES))]
        for email in emails:
            consent.grant(email, "marketing", "email", "Yes.", "checkout")
        number, more = race(emails, variant, chance)
        sent, wrong = sent + number, wrong + more

    assert wrong == []
    # Some were written to: those who did not pay, or paid later.
    assert sent > RACES * 0.1
