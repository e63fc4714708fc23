"""Stock is held, shipped, put back and counted, and the ledger always adds up."""

import pytest
from django.db.models import Sum

from catalog import events
from catalog.actions import stock
from catalog.models import Location, StockLevel, StockMovement
from tests.makers import make_product, make_variant, put_on_shelf

pytestmark = pytest.mark.django_db


def level_of(variant) -> StockLevel:
    return variant.levels.get()


def test_reserving_sets_pieces_aside_and_leaves_them_on_hand():
    variant = make_variant(stock=5)

    held = stock.reserve({variant.pk: 3})

    level = level_of(variant)
    assert held == [stock.Held(level.pk, variant.pk, 3)]
    assert (level.on_hand, level.reserved, level.available) == (5, 3, 2)
    assert level.movements.count() == 1


def test_all_are_reserved_or_none():
    plenty, scarce = make_variant(stock=5), make_variant(stock=1)

    with pytest.raises(stock.SoldOut) as refusal:
        stock.reserve({plenty.pk: 2, scarce.pk: 2})

    assert (refusal.value.variant_id, refusal.value.available) == (scarce.pk, 1)
    assert level_of(plenty).reserved == level_of(scarce).reserved == 0


def test_the_first_place_that_holds_enough_is_chosen():
    variant = make_variant(stock=1)
    second = StockLevel.objects.create(variant=variant, location=Location.objects.create(name="Shop"), on_hand=4)

    assert stock.reserve({variant.pk: 3}) == [stock.Held(second.pk, variant.pk, 3)]


def test_what_counts_no_stock_is_passed_over():
    pattern, cup = make_variant(tracks_stock=False), make_variant(stock=1)

    held = stock.reserve({pattern.pk: 50, cup.pk: 1})

    assert [line.variant_id for line in held] == [cup.pk]


def test_a_variant_that_is_gone_is_sold_out():
    with pytest.raises(stock.SoldOut):
        stock.reserve({987654: 1})


@pytest.mark.parametrize("quantity", [0, -1])
def test_nothing_or_less_cannot_be_reserved(quantity):
    with pytest.raises(ValueError):
        stock.reserve({make_variant().pk: quantity})


def test_released_pieces_are_for_sale_again():
    variant = make_variant(stock=2)

    stock.release(stock.reserve({variant.pk: 2}))

    assert level_of(variant).available == 2


def test_what_is_not_held_can_be_neither_released_nor_shipped():
    variant = make_variant(stock=2)
    held = stock.reserve({variant.pk: 2})
    stock.release(held)

    for act in (lambda: stock.release(held), lambda: stock.ship(held, document="41")):
        with pytest.raises(stock.NotHeld):
            act()

    assert (level_of(variant).on_hand, level_of(variant).reserved) == (2, 0)


def test_shipping_takes_pieces_off_the_shelf_and_says_for_whom():
    variant = make_variant(stock=5)

    stock.ship(stock.reserve({variant.pk: 2}), document="VT-1041", actor="clerk@example.com")

    level, entry = level_of(variant), StockMovement.objects.first()
    assert (level.on_hand, level.reserved) == (3, 0)
    assert (entry.delta, entry.on_hand_after, entry.reason) == (-2, 3, "shipped")
    assert (entry.document, entry.actor) == ("VT-1041", "clerk@example.com")


def test_returned_goods_are_put_back_with_a_reason():
    level = put_on_shelf(make_variant(stock=0, tracks_stock=False), 1)

    stock.restock(level.pk, 2, StockMovement.Reason.RETURNED, document="VT-1041")

    level.refresh_from_db()
    assert level.on_hand == 3
    assert level.movements.first().reason == "returned"


def test_a_count_sets_what_is_on_hand_and_notes_the_difference():
    variant = make_variant(stock=5)

    assert stock.count(variant, on_hand=3, note="two broken") == -2
    assert stock.count(variant, on_hand=3) == 0

    assert level_of(variant).on_hand == 3
    assert list(level_of(variant).movements.values_list("delta", flat=True)) == [-2, 5]


def test_an_adjustment_makes_the_shelf_when_there_is_none():
    variant = make_variant(tracks_stock=False)

    stock.adjust(variant, by=4, reason=StockMovement.Reason.RECEIVED)

    assert level_of(variant).on_hand == 4


def test_pieces_held_for_orders_cannot_be_counted_away():
    variant = make_variant(stock=5)
    stock.reserve({variant.pk: 4})

    for act in (lambda: stock.count(variant, on_hand=3), lambda: stock.adjust(variant, by=-2)):
        with pytest.raises(stock.HeldForOrders) as refusal:
            act()
        assert refusal.value.reserved == 4

    assert level_of(variant).on_hand == 5
    assert level_of(variant).movements.aggregate(total=Sum("delta"))["total"] == 5


def test_only_becoming_sold_out_or_available_again_is_announced(django_capture_on_commit_callbacks):
    product = make_product()
    variant = make_variant(product, stock=3)
    told = []

    def listener(product_ids, **kwargs):
        told.append(product_ids)

    events.stock_changed.connect(listener)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            first = stock.reserve({variant.pk: 2})
            assert told == []
        with django_capture_on_commit_callbacks(execute=True):
            stock.reserve({variant.pk: 1})
        assert told == [[product.pk]]
        with django_capture_on_commit_callbacks(execute=True):
            stock.ship(first, document="41")
        assert told == [[product.pk]]
        with django_capture_on_commit_callbacks(execute=True):
            stock.adjust(variant, by=1)
        assert told == [[product.pk]] * 2
    finally:
        events.stock_changed.disconnect(listener)
