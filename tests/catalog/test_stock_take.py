"""Counting with a scanner: what differs is booked, what was sold meanwhile is not lost."""

import pytest
from django.utils import timezone

from catalog.actions import stock, stock_take
from catalog.models import Location, StockMovement
from tests.makers import make_variant

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def cup(db):
    return make_variant(stock=5, sku="CUP-1", barcode="8412345678905")


@pytest.fixture
def take(cup):
    return stock_take.start(Location.objects.get(), NOW, "ana@example.com")


def test_each_scan_of_a_barcode_or_sku_is_one_more_piece(take, cup):
    for code in ("8412345678905", "CUP-1", " cup-1 "):
        line = stock_take.scan(take, code, NOW)

    assert (line.variant, line.counted, line.expected, line.difference) == (cup, 3, 5, -2)
    assert cup.levels.get().on_hand == 5


def test_an_unknown_code_and_one_that_two_share_are_refused(take):
    for sku in ("A", "B"):
        make_variant(sku=sku, barcode="same")

    with pytest.raises(stock_take.UnknownCode):
        stock_take.scan(take, "nothing\x00", NOW)
    with pytest.raises(stock_take.SeveralHaveIt):
        stock_take.scan(take, "same", NOW)
    assert not take.lines.exists()


def test_only_one_count_of_a_place_is_open(take):
    assert stock_take.start(take.location, NOW) == take


def test_finishing_books_the_differences_with_person_and_document(take, cup):
    stock_take.set_counted(take, cup, 4, NOW)

    stock_take.finish(take, NOW, "ana@example.com")

    entry = StockMovement.objects.first()
    assert (entry.delta, entry.on_hand_after, entry.reason) == (-1, 4, "counted")
    assert (entry.document, entry.actor) == (f"S{take.pk}", "ana@example.com")
    assert take.lines.get().posted == -1


def test_what_was_sold_after_it_was_counted_stays_sold(take, cup):
    stock_take.set_counted(take, cup, 4, NOW)
    stock.ship(stock.reserve({cup.pk: 2}), document="41")

    stock_take.finish(take, NOW)

    assert cup.levels.get().on_hand == 2


def test_pieces_that_went_during_the_count_are_pointed_out(take, cup):
    stock_take.scan(take, "CUP-1", NOW)
    stock.ship(stock.reserve({cup.pk: 1}), document="41")

    line = stock_take.scan(take, "CUP-1", NOW)

    assert (line.was, line.expected, line.moved_meanwhile) == (5, 4, True)


def test_what_is_held_for_orders_is_not_counted_away(take, cup):
    stock.reserve({cup.pk: 4})
    stock_take.set_counted(take, cup, 1, NOW)

    stock_take.finish(take, NOW)

    line = take.lines.get()
    assert (line.posted, bool(line.refused)) == (None, True)
    assert cup.levels.get().on_hand == 5


def test_what_nobody_counted_stays_unless_the_whole_place_was_counted(take, cup):
    other = make_variant(stock=3)
    stock_take.set_counted(take, cup, 5, NOW)
    assert [level.variant for level in stock_take.not_counted(take)] == [other]

    stock_take.finish(take, NOW, rest_is_zero=True)

    assert other.levels.get().on_hand == 0
    assert cup.levels.get().on_hand == 5


def test_an_abandoned_count_books_nothing_and_takes_nothing_more(take, cup):
    stock_take.set_counted(take, cup, 1, NOW)
    stock_take.abandon(take, NOW)

    assert cup.levels.get().on_hand == 5
    for act in (lambda: stock_take.scan(take, "CUP-1", NOW), lambda: stock_take.finish(take, NOW)):
        with pytest.raises(stock_take.IsClosed):
            act()
