"""A bundle is as available as its components, and takes them along."""

import pytest
from django.db import IntegrityError, transaction

from catalog.actions import listing, stock
from catalog.models import BundleItem, Listing
from catalog.queries import product as goods
from catalog.queries.stock import available
from tests.makers import make_product, make_variant

pytestmark = pytest.mark.django_db


def make_bundle(*parts, **fields):
    """A bundle's variant of (variant, pieces)."""
    bundle = make_variant(make_product("Tea set", kind="bundle", **fields), tracks_stock=False)
    for component, quantity in parts:
        BundleItem.objects.create(bundle=bundle, component=component, quantity=quantity)
    return bundle


@pytest.fixture
def pot(db):
    return make_variant(make_product("Teapot"), stock=3)


@pytest.fixture
def cup(db):
    return make_variant(make_product("Cup"), stock=9)


def test_there_are_as_many_as_the_scarcest_component_makes(pot, cup):
    bundle = make_bundle((pot, 1), (cup, 4))

    assert available([bundle.pk]) == {bundle.pk: 2}


def test_a_component_that_is_not_counted_limits_nothing(pot):
    leaflet = make_variant(tracks_stock=False)

    assert available([make_bundle((pot, 1), (leaflet, 1)).pk]).popitem()[1] == 3
    assert available([make_bundle((leaflet, 1)).pk]).popitem()[1] is None


def test_a_bundle_of_nothing_is_sold_out():
    bundle = make_bundle()

    assert available([bundle.pk]) == {bundle.pk: 0}
    with pytest.raises(stock.SoldOut) as refusal:
        stock.reserve({bundle.pk: 1})
    assert refusal.value.variant_id == bundle.pk


def test_reserving_it_holds_its_components_and_says_for_whom(pot, cup):
    bundle = make_bundle((pot, 1), (cup, 4))

    held = stock.reserve({bundle.pk: 2})

    assert {(line.variant_id, line.quantity, line.wanted_id) for line in held} == {
        (pot.pk, 2, bundle.pk),
        (cup.pk, 8, bundle.pk),
    }


def test_what_a_bundle_and_its_component_need_together_is_summed_first(pot, cup):
    bundle = make_bundle((pot, 1), (cup, 4))

    with pytest.raises(stock.SoldOut):
        stock.reserve({bundle.pk: 2, cup.pk: 2})
    held = stock.reserve({bundle.pk: 2, cup.pk: 1})

    assert sorted((line.wanted_id, line.quantity) for line in held if line.variant_id == cup.pk) == sorted(
        [(bundle.pk, 8), (cup.pk, 1)]
    )
    assert (available([cup.pk])[cup.pk], available([pot.pk])[pot.pk]) == (0, 1)


def test_who_comes_too_late_hears_how_many_bundles_are_left(pot, cup):
    bundle = make_bundle((pot, 1), (cup, 4))

    with pytest.raises(stock.SoldOut) as refusal:
        stock.reserve({bundle.pk: 3})

    assert (refusal.value.variant_id, refusal.value.available) == (bundle.pk, 2)


def test_lists_follow_when_a_component_sells_out_and_comes_back(pot, cup, django_capture_on_commit_callbacks):
    bundle = make_bundle((pot, 1), (cup, 4))
    listing.refresh([bundle.product_id])
    row = Listing.objects.filter(product=bundle.product_id)
    assert row.get().in_stock

    with django_capture_on_commit_callbacks(execute=True):
        held = stock.reserve({cup.pk: 6})
    assert not row.get().in_stock

    with django_capture_on_commit_callbacks(execute=True):
        stock.release(held)
    assert row.get().in_stock
    assert listing.refresh([bundle.product_id]) == 0


def test_its_page_names_its_parts_and_how_many_there_are(pot, cup):
    bundle = make_bundle((pot, 1), (cup, 4), slug="tea-set")

    page = goods.read("tea-set", "en")

    assert [(part.name, part.quantity) for part in page.parts[bundle.pk]] == [("Teapot", 1), ("Cup", 4)]
    assert page.chosen().availability.left == 2


def test_the_database_refuses_a_bundle_in_itself_and_a_component_twice(pot, cup):
    bundle = make_bundle((pot, 1))

    for component in (bundle, pot):
        with pytest.raises(IntegrityError), transaction.atomic():
            BundleItem.objects.create(bundle=bundle, component=component)
