"""A process that is killed at any statement leaves nothing half made: the next try or the clock ends its work."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection

from customers.models import Mail
from orders.actions import dispatching, payments, reservations, shipping
from orders.actions.checkout import place_order
from orders.models import Order
from orders.providers.stripe import wire
from tests.makers import make_cart, make_counter, make_details, make_product, make_variant
from tests.orders.card import begin, charge_with_the_parcel, held_by_card, history, on_shelf, order_by_card
from tests.orders.conftest import NOW, place, total_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def blanket():
    make_counter()
    return make_variant(make_product("Wool blanket"), stock=100)


def is_killed(act: Callable[[], object], before: int) -> bool:
    """Do it in a process of its own that gets a kill -9 before so many statements; False when it asked fewer."""
    asked = count(1)

    def ask(execute, sql, params, many, context):
        if next(asked) == before:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    connection.close()
    child = os.fork()
    if not child:
        fate = 1
        try:
            # A connection to Stripe that both processes read from would mix up its answers.
            wire._client.cache_clear()
            with connection.execute_wrapper(ask):
                act()
            fate = 0
        finally:
            os._exit(fate)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def rounds(every: int) -> range:
    return range(1, 1000, every)


def test_an_order_is_there_whole_or_not_at_all(blanket):
    for number, statement in enumerate(rounds(every=5)):
        cart = make_cart((blanket, 2))
        details, total = make_details(), total_of(cart)

        killed = is_killed(lambda: place_order(cart, details, total, NOW), statement)  # noqa: B023

        found = Order.objects.filter(cart=cart).first()
        assert on_shelf(blanket)[1] == 2 * (number + (found is not None))
        if found:
            assert sum(line.quantity for line in found.lines.all()) == 2
            assert found.payments.count() == 1
        again = place_order(cart, details, total, NOW)
        assert found is None or again.pk == found.pk
        assert on_shelf(blanket)[1] == 2 * (number + 1)
        if not killed:
            break
    assert number > 5


def test_a_page_that_was_being_opened_is_opened_by_the_next_try(stripe, blanket):
    for statement in rounds(every=2):
        order = place(blanket, payment="card")

        killed = is_killed(lambda: begin(order), statement)  # noqa: B023

        address = begin(order)
        assert begin(order) == address
        opened = [one for one in stripe.sessions.values() if one["client_reference_id"] == str(order.uid)]
        assert [one["url"] for one in opened] == [address]
        if not killed:
            break
    assert statement > 5


def test_between_payment_and_confirmation_the_clock_takes_over(stripe, blanket):
    for number, statement in enumerate(rounds(every=6), 1):
        order, payment = order_by_card(blanket)
        stripe.pay(payment.session_id)

        killed = is_killed(lambda: payments.check(payment, NOW), statement)  # noqa: B023
        payments.reconcile(NOW + timedelta(minutes=10))
        reservations.release_expired(NOW + timedelta(hours=2))

        order.refresh_from_db()
        assert (order.status, order.payment_status) == ("placed", "paid")
        assert history(order) == ["created", "placed", "paid"]
        assert Mail.objects.filter(key=f"order-confirmation:{order.pk}").count() == 1
        assert on_shelf(blanket) == (100, number)
        if not killed:
            break
    assert number > 4
    assert stripe.captured() == sum(Order.objects.values_list("total", flat=True))


def test_a_card_is_charged_once_and_its_parcel_sent_once_whenever_the_process_dies(stripe, blanket):
    charge_with_the_parcel()
    for number, statement in enumerate(rounds(every=23), 1):
        order, payment = held_by_card(stripe, blanket)

        killed = is_killed(lambda: dispatching.dispatch(order, now=NOW, seen=0), statement)  # noqa: B023
        payments.reconcile(NOW + timedelta(hours=2))
        with suppress(shipping.NotShippable):
            dispatching.dispatch(Order.objects.get(pk=order.pk), now=NOW, seen=0)

        order.refresh_from_db()
        payment.refresh_from_db()
        assert (order.payment_status, order.fulfilment_status) == ("paid", "fulfilled")
        assert (payment.authorised, payment.captured, payment.cancelled) == (order.total, order.total, 0)
        assert (history(order).count("paid"), order.shipments.count()) == (1, 1)
        assert on_shelf(blanket) == (100 - number, 0)
        if not killed:
            break
    assert number > 2
    assert stripe.captured() == sum(Order.objects.values_list("total", flat=True))
