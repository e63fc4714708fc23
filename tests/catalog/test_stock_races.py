"""Many buyers at once, each on a connection of his own, on whichever database the suite runs."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import Sum

from catalog.actions import stock
from catalog.models import BundleItem, Location, StockLevel, StockMovement
from tests.makers import make_product, make_variant

pytestmark = pytest.mark.django_db(transaction=True)
CONNECTIONS = 40


def at_once(jobs, workers=CONNECTIONS):
    """Run the jobs on parallel connections and return what each gave or raised."""

    def run(job):
        try:
            return job()
        except Exception as fault:
            return fault
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(run, jobs))


def test_two_hundred_buyers_of_ten_pieces_get_exactly_ten():
    variant = make_variant(stock=10)

    results = at_once([lambda: stock.reserve({variant.pk: 1})] * 200)

    served = [result for result in results if isinstance(result, list)]
    refused = [result for result in results if isinstance(result, stock.SoldOut)]
    assert (len(served), len(refused)) == (10, 190)
    assert StockLevel.objects.get(variant=variant).available == 0


def test_pieces_spread_over_places_are_never_sold_twice():
    variant = make_variant(stock=7)
    for name, pieces in (("Gràcia", 6), ("Sants", 4)):
        put_at(variant, name, pieces)

    results = at_once([lambda: stock.reserve({variant.pk: 3})] * 60)

    served = [result for result in results if isinstance(result, list)]
    assert len(served) == 5
    assert all(isinstance(result, list | stock.SoldOut) for result in results)
    levels = StockLevel.objects.filter(variant=variant)
    assert sum(level.reserved for level in levels) == 15
    assert all(level.reserved <= level.on_hand for level in levels)


def test_bundles_and_their_components_never_deadlock_nor_oversell():
    pot, cup = make_variant(stock=20), make_variant(stock=50)
    bundle = make_variant(make_product(kind="bundle"), tracks_stock=False)
    BundleItem.objects.create(bundle=bundle, component=cup, quantity=2)
    BundleItem.objects.create(bundle=bundle, component=pot, quantity=1)

    wishes = [{bundle.pk: 1}, {cup.pk: 1, pot.pk: 1}, {pot.pk: 1, bundle.pk: 1}] * 30
    results = at_once([lambda wish=wish: stock.reserve(wish) for wish in wishes])

    assert all(isinstance(result, list | stock.SoldOut) for result in results)
    held = [line for result in results if isinstance(result, list) for line in result]
    for variant in (pot, cup):
        level = StockLevel.objects.get(variant=variant)
        assert level.reserved == sum(line.quantity for line in held if line.variant_id == variant.pk) <= level.on_hand
    assert StockLevel.objects.get(variant=pot).available == 0


def put_at(variant, place: str, pieces: int) -> StockLevel:
    location = Location.objects.create(name=place, kind="shop", priority=20)
    return StockLevel.objects.create(variant=variant, location=location, on_hand=pieces)


def test_two_carts_with_the_same_goods_in_opposite_order_never_deadlock():
    first, second = make_variant(stock=500), make_variant(stock=500)
    start = Barrier(2)

    def buyer(order):
        start.wait(timeout=10)
        for _ in range(40):
            stock.release(reversed(stock.reserve(order)))
        return "done"

    results = at_once(
        [
            lambda: buyer({first.pk: 1, second.pk: 1}),
            lambda: buyer({second.pk: 1, first.pk: 1}),
        ],
        workers=2,
    )

    assert results == ["done", "done"]


def test_the_ledger_tells_the_right_remainder_under_parallel_clerks():
    variant = make_variant(stock=0)

    results = at_once([lambda: stock.adjust(variant, by=1)] * 60)

    entries = StockMovement.objects.filter(level__variant=variant).order_by("on_hand_after")
    assert results == [None] * 60
    assert list(entries.values_list("on_hand_after", flat=True)) == list(range(1, 61))
    assert entries.aggregate(total=Sum("delta"))["total"] == 60


def test_a_held_piece_is_shipped_or_released_but_not_both():
    variant = make_variant(stock=3)
    held = stock.reserve({variant.pk: 3})

    results = at_once([lambda: stock.ship(held, document="41"), lambda: stock.release(held)] * 10)

    level = StockLevel.objects.get(variant=variant)
    assert results.count(None) == 1
    assert all(isinstance(result, stock.NotHeld) for result in results if result is not None)
    assert (level.on_hand, level.reserved) in [(0, 0), (3, 0)]
