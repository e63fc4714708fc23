"""Categories keep their tree, options their words."""

import pytest
from django.urls import reverse

from catalog.models import Category, Listing, OptionValue
from tests.catalog.shelf import listed, option_value
from tests.makers import make_category, make_customer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def owner(client):
    client.force_login(make_customer(is_staff=True, is_superuser=True))


def form(name: str, position: str = "first-child", other: Category | None = None, **fields) -> dict:
    words = {f"{field}_{code}": "" for field in ("name", "description") for code in ("en", "es", "ru")}
    place = {"treebeard_position": position, "treebeard_ref_node": other.pk if other else ""}
    return {**words, "name_en": name, "slug": name.lower(), "is_public": "on", **place, **fields}


def test_a_category_is_added_below_another_and_moved_away(client):
    table, bath = make_category("Table", slug="table"), make_category("Bath", slug="bath")
    client.post(reverse("admin:catalog_category_add"), form("Cups", other=table))
    cups = Category.objects.get(slug="cups")
    assert cups.get_parent().slug == "table"
    client.post(reverse("admin:catalog_category_change", args=[cups.pk]), form("Mugs", other=bath, slug="mugs"))

    cups = Category.objects.get(pk=cups.pk)
    assert (cups.get_parent().slug, cups.name_en, cups.slug) == ("bath", "Mugs", "mugs")


def test_hiding_a_category_takes_its_goods_from_the_lists(client):
    product = listed("Cup")
    category = product.category
    assert Listing.objects.count() == 1
    fields = form("Cups", slug=category.slug)
    del fields["is_public"]
    client.post(reverse("admin:catalog_category_change", args=[category.pk]), fields)

    assert Listing.objects.count() == 0


def test_values_of_an_option_are_kept_in_three_languages(client):
    oat = option_value("colour", "oat")
    row = {
        "values-TOTAL_FORMS": 1, "values-INITIAL_FORMS": 1, "values-0-id": oat.pk, "values-0-option": oat.option_id,
        "values-0-code": "oat", "values-0-value_en": "Oat",
        "values-0-value_es": "Avena", "values-0-value_ru": "Овсяный",
        "values-0-swatch": "#d8c9a8", "values-0-position": 0,
    }  # fmt: skip
    option = {"name_en": "Colour", "name_es": "Color", "name_ru": "Цвет", "kind": "swatch", "position": 0}
    client.post(reverse("admin:catalog_option_change", args=[oat.option_id]), {**option, **row})

    assert OptionValue.objects.values_list("value_es", "value_ru", "swatch").get() == ("Avena", "Овсяный", "#d8c9a8")
