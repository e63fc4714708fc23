"""The desk under parallel hands: parcels, refunds and cancelled lines, on real connections."""

import pytest
from django.db.models import Sum

from orders.actions import payments, shelf_check
from orders.actions.amendments import ChangedMeanwhile, cancel_lines
from orders.actions.refund_parts import Back, Parts, PartTooLarge
from orders.actions.refunds import RefundTooLarge, refund
from orders.actions.shipping import SentMeanwhile, TooManyPieces, ship
from orders.models import Order, OrderLine, Refund, ShipmentLine
from tests.makers import make_counter, make_variant
from tests.orders.conftest import NOW, place
from tests.orders.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def counter():
    make_counter()


@pytest.fixture
def order(counter):
    """Six scarves and their delivery, paid."""
    order = place((make_variant(stock=10, price=3333), 6))
    payments.mark_paid(order, now=NOW)
    return order


def test_the_same_pieces_are_refunded_once_by_many_hands(order):
    line = order.lines.get()
    parts = Parts((Back(line.pk, 4, restock=True),), delivery=490)

    outcome = at_once([lambda: refund(order.payments.get(), parts, "", now=NOW).status] * 6)

    line.refresh_from_db()
    assert outcome == {"succeeded": 1, PartTooLarge: 5}
    assert (line.refunded, line.cancelled, Refund.objects.count()) == (4, 4, 1)
    assert order.payments.get().refunded == Refund.objects.get().amount
    assert not shelf_check.check(NOW).drifts


def test_single_pieces_refunded_at_once_are_the_whole_in_the_end(order):
    line = order.lines.get()

    outcome = at_once([lambda: refund(order.payments.get(), Parts((Back(line.pk, 1),)), "", now=NOW).status] * 8)

    line.refresh_from_db()
    assert outcome["succeeded"] == 6
    assert set(outcome) <= {"succeeded", PartTooLarge, RefundTooLarge}
    assert (line.refundable, Refund.objects.aggregate(sum=Sum("goods"))["sum"]) == (0, line.gross)


def test_parcels_packed_by_many_hands_hold_each_piece_once(order):
    line = order.lines.get()

    def pack():
        return ship(Order.objects.get(pk=order.pk), now=NOW, pieces={line.pk: 2}).lines.get().quantity

    outcome = at_once([pack] * 5)

    order.refresh_from_db()
    assert outcome[2] == 3
    assert order.fulfilment_status == "fulfilled"
    assert ShipmentLine.objects.aggregate(sum=Sum("quantity"))["sum"] == OrderLine.objects.get().sent == 6
    level = line.variant.levels.get()
    assert (level.on_hand, level.reserved) == (4, 0)


def test_one_form_pressed_by_many_hands_is_one_parcel(order):
    line = order.lines.get()

    def press():
        return ship(Order.objects.get(pk=order.pk), now=NOW, pieces={line.pk: 1}, seen=0).pk

    outcome = at_once([press] * 5)

    assert outcome[SentMeanwhile] == 4
    assert OrderLine.objects.get().sent == 1


def test_what_is_sent_is_not_called_off_as_well(order):
    line = order.lines.get()

    def pack():
        return ship(Order.objects.get(pk=order.pk), now=NOW, pieces={line.pk: 4}).pk and "sent"

    def take_back():
        return refund(order.payments.get(), Parts((Back(line.pk, 1, restock=True),)), "", now=NOW).status

    outcome = at_once([pack, take_back, take_back, take_back])

    line.refresh_from_db()
    assert outcome["succeeded"] == 3
    assert set(outcome) <= {"sent", "succeeded", TooManyPieces}
    assert line.sent + line.cancelled <= 6
    assert not shelf_check.check(NOW).drifts


def test_lines_called_off_by_many_hands_go_once(order):
    line = order.lines.get()

    def call_off():
        return cancel_lines(Order.objects.get(pk=order.pk), {line.pk: 2}, "", now=NOW, seen=0).returned

    outcome = at_once([call_off] * 5)

    line.refresh_from_db()
    assert outcome == {6666: 1, ChangedMeanwhile: 4}
    assert (line.cancelled, line.refunded, Refund.objects.count()) == (2, 2, 1)


def test_an_unpaid_order_is_paid_or_changed_but_its_money_fits(counter):
    order = place((make_variant(stock=10, price=3333), 6))
    line = order.lines.get()

    at_once(
        [
            lambda: payments.mark_paid(Order.objects.get(pk=order.pk), now=NOW),
            lambda: bool(cancel_lines(Order.objects.get(pk=order.pk), {line.pk: 2}, "", now=NOW)),
        ]
        * 2
    )

    order.refresh_from_db()
    payment = order.payments.get()
    assert payment.captured == order.total
    assert payment.captured - payment.refunded == order.changes.last().total_after
    assert not shelf_check.check(NOW).drifts
