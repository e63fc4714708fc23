"""Listing rows say what the goods say, and are mended when they do not."""

import pytest
from django.core.management import call_command

from catalog import events, revision
from catalog.actions import listing, stock
from catalog.models import (
    Attribute,
    AttributeValue,
    Brand,
    Listing,
    ListingValue,
    Option,
    OptionValue,
    Product,
    SearchDocument,
)
from catalog.search import find
from catalog.tasks import refresh_listings
from tests.catalog.shelf import listed
from tests.makers import make_category, make_product, make_variant

pytestmark = pytest.mark.django_db


def colour(code: str, **fields) -> OptionValue:
    option, _ = Option.objects.get_or_create(code="colour", defaults={"name": "Colour", "kind": "swatch"})
    return OptionValue.objects.create(option=option, code=code, value=code.title(), swatch="#a0522d", **fields)


def facts(product: Product) -> set[str]:
    return {str(row.value) for row in ListingValue.objects.filter(listing_id=product.pk).select_related("value")}


def test_a_published_product_is_listed_with_its_cheapest_price():
    product = make_product("Cup", brand=Brand.objects.create(name="Horno", slug="horno"))
    make_variant(product, price=2900, compare_at_price=3500)
    make_variant(product, price=4900, stock=0)

    listing.refresh([product.pk])

    row = Listing.objects.get(pk=product.pk)
    assert (row.price_min, row.price_max, row.compare_at) == (2900, 4900, 3500)
    assert row.in_stock
    assert row.card["name"] == {"en": "Cup"}
    assert facts(product) == {"brand=horno"}


def test_what_a_card_shows_can_be_filtered_by():
    product = make_product()
    make_variant(product).values.add(colour("oat"))
    make_variant(product).values.add(colour("sage", value_ru="Шалфей"))
    linen = AttributeValue.objects.create(
        attribute=Attribute.objects.create(code="material", name="Material"), code="linen", value="Linen"
    )
    product.attributes.add(linen)

    listing.refresh([product.pk])

    assert facts(product) == {"colour=oat", "colour=sage", "material=linen"}
    assert Listing.objects.get().card["swatches"][1] == ["#a0522d", {"en": "Sage", "ru": "Шалфей"}]


@pytest.mark.parametrize("hide", ["unpublish", "hide category", "withdraw variants", "delete"])
def test_what_visitors_may_not_see_leaves_the_lists(hide):
    product = make_product()
    variant = make_variant(product)
    listing.refresh([product.pk])
    before, pk = revision.current(), product.pk

    if hide == "unpublish":
        Product.objects.update(status="draft")
    elif hide == "hide category":
        product.category.is_public = False
        product.category.save()
    elif hide == "withdraw variants":
        variant.is_active = False
        variant.save()
    else:
        product.delete()
    listing.refresh([pk])

    assert not Listing.objects.exists()
    assert revision.current() != before


def test_what_hangs_below_a_hidden_category_is_not_listed():
    hidden = make_category(is_public=False)
    product = make_product(category=make_category(parent=hidden))
    make_variant(product)

    listing.refresh([product.pk])

    assert not Listing.objects.exists()


def test_refreshing_what_is_right_writes_nothing():
    product = make_product()
    make_variant(product).values.add(colour("oat"))
    listing.refresh([product.pk])
    before = revision.current()

    assert listing.refresh([product.pk]) == 0
    assert revision.current() == before


def test_a_renamed_value_is_a_change():
    product, oat = make_product(), colour("oat")
    make_variant(product).values.add(oat)
    listing.refresh([product.pk])
    before = revision.current()

    OptionValue.objects.filter(pk=oat.pk).update(value_en="Oatmeal")
    listing.refresh([product.pk])

    assert ListingValue.objects.get().value.label == {"en": "Oatmeal"}
    assert revision.current() != before


def test_a_product_that_sells_out_is_shown_so_at_once(django_capture_on_commit_callbacks):
    product = make_product()
    variant = make_variant(product, stock=1)
    listing.refresh([product.pk])
    before = revision.current()

    with django_capture_on_commit_callbacks(execute=True):
        held = stock.reserve({variant.pk: 1})
    assert not Listing.objects.get().in_stock
    assert revision.current() != before

    with django_capture_on_commit_callbacks(execute=True):
        stock.release(held)
    assert Listing.objects.get().in_stock


def test_the_nightly_check_mends_what_drifted():
    right, wrong = make_product(), make_product()
    for product in (right, wrong):
        make_variant(product)
    listing.refresh([right.pk, wrong.pk])
    Listing.objects.filter(pk=wrong.pk).update(price_min=1)

    assert refresh_listings() == 1
    assert refresh_listings() == 0
    assert Listing.objects.get(pk=wrong.pk).price_min == 4900


def test_newly_counted_popularity_reaches_the_lists():
    product = make_product()
    make_variant(product)
    listing.refresh([product.pk])
    Product.objects.update(popularity=7)

    assert listing.refresh_popularity() == 1
    assert Listing.objects.get().popularity == 7


def test_a_change_is_announced_after_the_commit(django_capture_on_commit_callbacks):
    product = make_product()
    make_variant(product)
    told = []

    def listener(product_ids, **kwargs):
        told.append(product_ids)

    events.product_changed.connect(listener)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            listing.refresh([product.pk])
        assert told == [[product.pk]]
    finally:
        events.product_changed.disconnect(listener)


def test_a_batch_needs_the_same_number_of_queries_however_large(django_assert_max_num_queries):
    def products(number):
        made = [make_product() for _ in range(number)]
        for product in made:
            make_variant(product).values.add(colour(f"c{product.pk}"))
        return [product.pk for product in made]

    few, many = products(2), products(30)
    listing.refresh(few)
    # Two more on PostgreSQL, which locks what it is about to write.
    with django_assert_max_num_queries(38):
        listing.refresh(many)


def test_a_command_writes_lists_and_search_anew(capsys):
    cup, plate = listed("Cup"), listed("Plate")
    Listing.objects.filter(pk=cup.pk).update(price_min=1, card={})
    SearchDocument.objects.filter(product=plate).delete()

    call_command("reindex_search")

    assert capsys.readouterr().out == "2 products were out of step.\n"
    row = Listing.objects.get(pk=cup.pk)
    assert row.price_min == 4900
    assert row.card["name"] == {"en": "Cup"}
    assert list(find("plate", "en").ids) == [plate.pk]
    assert listing.reindex() == 0
