"""Promises under parallel hands: real threads, each with a connection of its own."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.db.models import Sum

from catalog.actions.stock import SoldOut
from customers.models import Mail
from orders.actions import carts, shipping
from orders.actions.cancelling import cancel
from orders.actions.checkout import place_order
from orders.actions.payments import mark_paid
from orders.actions.placing import note_paid
from orders.actions.shipping import NotShippable
from orders.models import Cart, CartLine, NumberSequence, Order, OrderEvent, Payment, Reservation, Shipment
from orders.queries.summary import summarise
from tests.makers import make_cart, make_counter, make_customer, make_details, make_variant
from tests.orders.conftest import NOW, place, total_of

pytestmark = pytest.mark.django_db(transaction=True)

BUYERS = 200


@pytest.fixture
def counter():
    make_counter()


def at_once(jobs, hands: int | None = None) -> Counter:
    """Run all jobs in parallel; counts what each gave or the exception it raised."""
    # A PostgreSQL server takes a hundred connections, and it is not ours alone.
    most = 60 if connection.vendor == "postgresql" else len(jobs)

    def run(job):
        try:
            return job()
        except Exception as failure:
            return type(failure)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(hands or most) as pool:
        return Counter(pool.map(run, jobs))


def levels_are_true(variant, sold: int) -> bool:
    level = variant.levels.get()
    held = Reservation.objects.filter(level=level, status="held").aggregate(held=Sum("quantity"))["held"] or 0
    return level.reserved == held == sold


def test_two_hundred_buyers_of_ten_pieces_make_ten_orders(counter):
    scarf = make_variant(stock=10)
    details = make_details()
    waiting = [make_cart(scarf) for _ in range(BUYERS)]
    shown = total_of(waiting[0])

    outcome = at_once([lambda cart=cart: place_order(cart, details, shown, NOW).status for cart in waiting])

    assert outcome == {"placed": 10, SoldOut: BUYERS - 10}
    assert levels_are_true(scarf, 10)
    assert sorted(Order.objects.values_list("number", flat=True)) == [str(100_001 + n) for n in range(10)]
    assert (Mail.objects.count(), Payment.objects.count(), Cart.objects.open().count()) == (10, 10, BUYERS - 10)


def test_losers_are_told_the_truth_about_what_is_left(counter):
    scarf = make_variant(stock=10)
    waiting = [make_cart((scarf, 3)) for _ in range(20)]
    shown = total_of(waiting[0])

    outcome = at_once([lambda cart=cart: place_order(cart, make_details(), shown, NOW).status for cart in waiting])

    assert outcome == {"placed": 3, SoldOut: 17}
    assert summarise(Cart.objects.open().first(), now=NOW).lines[0].problem.available == 1


@pytest.mark.parametrize("payment", ["bank_transfer", "card"])
def test_eight_presses_make_one_order(counter, payment):
    scarf = make_variant(stock=10)
    cart = make_cart(scarf)
    details, shown = make_details(payment=payment), total_of(cart)

    outcome = at_once([lambda: place_order(cart, details, shown, NOW).pk] * 8)

    order = Order.objects.get()
    assert outcome == {order.pk: 8}
    assert levels_are_true(scarf, 1)
    assert order.payments.count() == 1
    assert order.events.filter(type=OrderEvent.Type.CREATED).count() == 1


def test_two_tabs_with_different_wishes_make_one_living_order(counter):
    scarf = make_variant(stock=1)
    cart = make_cart(scarf)
    shown = total_of(cart)
    wishes = [make_details(payment="card"), make_details(payment="card", note="Ring twice")] * 3

    outcome = at_once([lambda wish=wish: bool(place_order(cart, wish, shown, NOW).pk) for wish in wishes])

    assert outcome[True] >= 1
    assert Order.objects.exclude(status="cancelled").count() == 1
    assert levels_are_true(scarf, 1)


def test_carts_of_opposite_order_do_not_block_each_other(counter):
    first, second = make_variant(stock=100), make_variant(stock=100)
    pairs = [make_cart(first, second) if n % 2 else make_cart(second, first) for n in range(40)]
    shown = total_of(pairs[0])

    outcome = at_once([lambda cart=cart: place_order(cart, make_details(), shown, NOW).status for cart in pairs])

    assert outcome == {"placed": 40}
    assert levels_are_true(first, 40)
    assert levels_are_true(second, 40)


def test_numbers_have_no_gap_although_others_fail(counter):
    plenty, scarce = make_variant(stock=100), make_variant(stock=3)
    mixed = [make_cart(plenty, scarce) if n % 2 else make_cart(plenty) for n in range(40)]
    totals = {cart.pk: total_of(cart) for cart in mixed}

    at_once([lambda cart=cart: place_order(cart, make_details(), totals[cart.pk], NOW).status for cart in mixed])

    numbers = sorted(Order.objects.values_list("number", flat=True))
    assert numbers == [str(100_001 + n) for n in range(23)]
    assert NumberSequence.objects.get().value == 100_023


def test_parallel_adds_sum_up_in_one_line(counter):
    scarf = make_variant(stock=100)
    cart = make_cart()

    at_once([lambda: carts.add(cart, scarf, 2).pk] * 10)

    assert list(CartLine.objects.values_list("cart", "quantity")) == [(cart.pk, 20)]


def test_parallel_adds_stop_at_what_there_is(counter):
    scarf = make_variant(stock=5)
    cart = make_cart()

    outcome = at_once([lambda: bool(carts.add(cart, scarf, 1))] * 9)

    assert outcome == {True: 5, carts.TooMany: 4}
    assert CartLine.objects.get().quantity == 5


def test_a_customer_opens_one_cart_in_all_tabs(db):
    ada = make_customer()

    outcome = at_once([lambda: carts.open_for(customer=ada).pk] * 8)

    assert list(outcome.values()) == [8]
    assert Cart.objects.count() == 1


def test_signing_in_twice_at_once_takes_the_cart_along_once(counter):
    ada, scarf = make_customer(), make_variant(stock=100)
    guest = make_cart((scarf, 3))
    make_cart((scarf, 2), customer=ada)

    outcome = at_once([lambda: carts.merge(guest, ada).pk] * 6)

    assert list(outcome.values()) == [6]
    assert Cart.objects.open().get().lines.get().quantity == 3


def test_a_parcel_is_sent_or_called_off_but_never_both(counter):
    scarf = make_variant(stock=10)
    order = place(scarf)
    mark_paid(order, now=NOW)

    def send():
        return shipping.ship(Order.objects.get(pk=order.pk), "Correos", "1", now=NOW).pk

    def call_off():
        return cancel(Order.objects.get(pk=order.pk), "", now=NOW).pk

    at_once([send, call_off] * 4)

    order.refresh_from_db()
    level = scarf.levels.get()
    sent = order.fulfilment_status == "fulfilled"
    assert sent != (order.status == "cancelled")
    assert Shipment.objects.count() == int(sent)
    assert (level.on_hand, level.reserved) == ((9, 0) if sent else (10, 0))


def test_a_parcel_is_sent_once_by_many_hands(counter):
    scarf = make_variant(stock=10)
    order = place(scarf, payment="on_delivery")

    outcome = at_once([lambda: bool(shipping.ship(Order.objects.get(pk=order.pk), now=NOW))] * 6)

    assert outcome == {True: 1, NotShippable: 5}
    assert scarf.levels.get().on_hand == 9


def test_money_is_noted_once_by_many_hands(counter):
    order = place(make_variant())

    outcome = at_once([lambda: note_paid(Order.objects.get(pk=order.pk), NOW)] * 6)

    assert outcome == {True: 1, False: 5}
    assert order.events.filter(type=OrderEvent.Type.PAID).count() == 1
