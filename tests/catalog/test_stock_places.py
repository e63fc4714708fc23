"""Goods lie in several places, some are kept back, some are sold before they come."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from catalog.actions import stock
from catalog.models import Location, StockLevel
from catalog.queries.stock import available
from tests.makers import make_variant, put_on_shelf

pytestmark = pytest.mark.django_db


def shelf(variant, on_hand: int, place: str = "Gràcia", **fields) -> StockLevel:
    location, _ = Location.objects.get_or_create(name=place, defaults={"kind": "shop", "priority": 20})
    return StockLevel.objects.create(variant=variant, location=location, on_hand=on_hand, **fields)


def held(*pairs) -> set:
    return {(level.pk, pieces) for level, pieces in pairs}


def test_a_quantity_that_no_place_has_alone_is_spread_over_several():
    variant = make_variant(stock=3)
    warehouse, shop = variant.levels.get(), shelf(variant, 4)

    lines = stock.reserve({variant.pk: 5})

    assert {(line.level_id, line.quantity) for line in lines} == held((warehouse, 3), (shop, 2))
    assert available([variant.pk]) == {variant.pk: 2}


def test_one_place_that_has_everything_is_preferred_to_two_parcels():
    variant = make_variant(stock=3)
    shop = shelf(variant, 4)

    assert stock.reserve({variant.pk: 4}) == [stock.Held(shop.pk, variant.pk, 4)]


def test_the_place_with_the_lowest_number_is_emptied_first():
    variant = make_variant(stock=3)
    first = shelf(variant, 3, "Sants")
    Location.objects.filter(name="Sants").update(priority=1)

    assert stock.reserve({variant.pk: 2}) == [stock.Held(first.pk, variant.pk, 2)]


@pytest.mark.parametrize("closed", [{"sells_online": False}, {"is_active": False}])
def test_a_place_that_does_not_serve_the_web_shop_gives_nothing(closed):
    variant = make_variant(stock=1)
    shelf(variant, 5)
    Location.objects.filter(name="Gràcia").update(**closed)

    with pytest.raises(stock.SoldOut) as refusal:
        stock.reserve({variant.pk: 2})

    assert refusal.value.available == 1


def test_what_is_kept_back_is_not_sold_online():
    variant = make_variant(stock=5)
    stock.set_terms(variant.levels.get().pk, safety=2, back_order=0, comes_on=None)

    with pytest.raises(stock.SoldOut):
        stock.reserve({variant.pk: 4})

    assert available([variant.pk]) == {variant.pk: 3}


def test_back_orders_are_taken_up_to_the_cap_and_after_what_is_there():
    variant = make_variant(stock=2)
    level = variant.levels.get()
    stock.set_terms(level.pk, safety=0, back_order=3, comes_on=date(2026, 12, 12))

    stock.reserve({variant.pk: 5})

    with pytest.raises(stock.SoldOut):
        stock.reserve({variant.pk: 1})
    level.refresh_from_db()
    assert (level.on_hand, level.reserved, level.sellable) == (2, 5, 0)


def test_the_database_itself_refuses_to_hold_more_than_may_be_sold():
    level = make_variant(stock=2).levels.get()
    StockLevel.objects.filter(pk=level.pk).update(back_order=1, reserved=3)

    with pytest.raises(IntegrityError), transaction.atomic():
        StockLevel.objects.filter(pk=level.pk).update(reserved=4)


def test_what_has_not_come_cannot_be_shipped_until_it_does():
    variant = make_variant(stock=1)
    stock.set_terms(variant.levels.get().pk, safety=0, back_order=3, comes_on=None)
    lines = stock.reserve({variant.pk: 3})

    with pytest.raises(stock.NotOnHand) as refusal:
        stock.ship(lines, document="41")
    assert (refusal.value.variant_id, refusal.value.missing) == (variant.pk, 2)

    stock.adjust(variant, by=2, reason="received")
    stock.ship(lines, document="41")
    level = variant.levels.get()
    assert (level.on_hand, level.reserved) == (0, 0)


def test_the_cap_cannot_be_lowered_below_what_was_sold_in_advance():
    variant = make_variant(stock=0)
    level = variant.levels.get()
    stock.set_terms(level.pk, safety=0, back_order=3, comes_on=None)
    stock.reserve({variant.pk: 2})

    with pytest.raises(stock.HeldForOrders) as refusal:
        stock.set_terms(level.pk, safety=0, back_order=1, comes_on=None)

    assert refusal.value.reserved == 2


def test_a_shelf_below_nothing_takes_nothing_from_another():
    variant = make_variant(stock=1)
    stock.set_terms(variant.levels.get().pk, safety=5, back_order=0, comes_on=None)
    shop = shelf(variant, 2)

    assert available([variant.pk]) == {variant.pk: 2}
    assert stock.reserve({variant.pk: 2}) == [stock.Held(shop.pk, variant.pk, 2)]


def test_without_a_place_the_first_one_is_counted():
    variant = make_variant(tracks_stock=False)
    Location.objects.create(name="Far", priority=99)
    near = Location.objects.create(name="Near", priority=1)

    stock.count(variant, on_hand=3)

    assert variant.levels.get().location == near
    assert put_on_shelf(variant, 0).location.name == "Warehouse"
