"""Goods on their way: deliveries of suppliers, and transfers between places."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.actions import consignments, stock
from catalog.models import Consignment, Location, StockMovement
from tests.makers import make_variant

pytestmark = pytest.mark.django_db
NOW, DAY = timezone.now(), date(2026, 12, 12)


@pytest.fixture
def cup(db):
    return make_variant(stock=5)


@pytest.fixture
def shop(cup):
    return Location.objects.create(name="Gràcia", kind="shop", priority=20)


def make(cup, pieces=4, source=None, destination=None, **fields):
    destination = destination or Location.objects.get(name="Warehouse")
    made = Consignment.objects.create(source=source, destination=destination, expected_on=DAY, **fields)
    made.lines.create(variant=cup, quantity=pieces)
    return made


def pieces_of(made, number):
    return {made.lines.get().pk: number}


def level(cup, place="Warehouse"):
    return cup.levels.get(location__name=place)


def test_a_delivery_that_was_ordered_is_incoming_and_names_its_day(cup):
    made = make(cup)
    assert level(cup).incoming == 0

    consignments.send(made, NOW)

    assert (level(cup).incoming, level(cup).comes_on, level(cup).on_hand) == (4, DAY, 5)


def test_what_comes_in_parts_is_booked_in_parts(cup):
    made = make(cup, document="LS 77")
    consignments.send(made, NOW)

    consignments.receive(made, pieces_of(made, 3), NOW, "ana@example.com")

    made.refresh_from_db()
    entry = StockMovement.objects.first()
    assert (level(cup).on_hand, level(cup).incoming, made.status) == (8, 1, "under_way")
    assert (entry.delta, entry.reason, entry.document, entry.actor) == (3, "received", "LS 77", "ana@example.com")

    consignments.receive(made, pieces_of(made, 1), NOW)
    made.refresh_from_db()
    assert (level(cup).on_hand, level(cup).incoming, level(cup).comes_on, made.status) == (9, 0, None, "received")


def test_a_transfer_is_in_the_ledger_at_both_ends_and_in_transit_between(cup, shop):
    made = make(cup, 3, source=Location.objects.get(name="Warehouse"), destination=shop)

    consignments.send(made, NOW)
    assert (level(cup).on_hand, level(cup, "Gràcia").on_hand, level(cup, "Gràcia").incoming) == (2, 0, 3)

    consignments.receive(made, pieces_of(made, 3), NOW)
    assert (level(cup, "Gràcia").on_hand, level(cup, "Gràcia").incoming) == (3, 0)
    assert list(StockMovement.objects.values_list("delta", "reason")[:2]) == [(3, "arrived"), (-3, "sent")]


def test_what_orders_hold_is_not_sent_to_another_place(cup, shop):
    stock.reserve({cup.pk: 4})
    made = make(cup, 2, source=Location.objects.get(name="Warehouse"), destination=shop)

    with pytest.raises(stock.HeldForOrders):
        consignments.send(made, NOW)

    made.refresh_from_db()
    assert (made.status, level(cup).on_hand) == ("draft", 5)


def test_no_more_of_a_transfer_can_come_than_was_sent_but_a_supplier_may_send_more(cup, shop):
    moved = make(cup, 2, source=Location.objects.get(name="Warehouse"), destination=shop)
    bought = make(cup, 2)
    consignments.send(moved, NOW)
    consignments.send(bought, NOW)

    with pytest.raises(consignments.TooManyReceived):
        consignments.receive(moved, pieces_of(moved, 3), NOW)
    consignments.receive(bought, pieces_of(bought, 3), NOW)

    assert level(cup).on_hand == 3 + 3


def test_a_transfer_that_is_called_off_lies_where_it_was(cup, shop):
    made = make(cup, 3, source=Location.objects.get(name="Warehouse"), destination=shop)
    consignments.send(made, NOW)

    consignments.call_off(made, NOW)

    assert (level(cup).on_hand, level(cup, "Gràcia").incoming) == (5, 0)


def test_what_never_came_is_written_off_when_it_is_closed(cup, shop):
    made = make(cup, 3, source=Location.objects.get(name="Warehouse"), destination=shop)
    consignments.send(made, NOW)
    consignments.receive(made, pieces_of(made, 2), NOW)

    consignments.close(made, NOW)

    assert (level(cup).on_hand, level(cup, "Gràcia").on_hand, level(cup, "Gràcia").incoming) == (2, 2, 0)


def test_a_step_is_done_once(cup):
    made = make(cup)
    consignments.send(made, NOW)

    with pytest.raises(consignments.NotNow):
        consignments.send(made, NOW)
    consignments.receive(made, pieces_of(made, 4), NOW)
    for act in (consignments.close, consignments.call_off):
        with pytest.raises(consignments.NotNow):
            act(made, NOW)


def test_it_goes_to_another_place(cup):
    here = Location.objects.get(name="Warehouse")

    with pytest.raises(IntegrityError), transaction.atomic():
        make(cup, source=here, destination=here)
