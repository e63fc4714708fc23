"""Collections and workshops as visitors meet them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog import rules
from catalog.actions import collections, listing
from catalog.actions.collections import picks
from catalog.models import Brand, Collection
from shop.models import HomePage
from tests.catalog.shelf import attribute_value, listed, unlisted

pytestmark = pytest.mark.django_db


def make_collection(*goods, **fields) -> Collection:
    fields = {"name": "Breakfast for two", "slug": "breakfast", **fields}
    collection = Collection.objects.create(**fields)
    picks.pick(collection, [product.pk for product in goods])
    return collection


def test_a_collection_is_a_list_with_facets_sorting_and_the_merchants_order(client):
    linen, wool = attribute_value("material", "linen"), attribute_value("material", "wool")
    cup = listed("Cup", price=900, attributes=[linen])
    pot = listed("Pot", price=100, attributes=[wool])
    listed("Stranger")
    make_collection(cup, pot, description="<p>For <strong>slow</strong> mornings</p>")

    page = client.get("/collections/breakfast/").content.decode()
    narrowed = client.get("/collections/breakfast/?material=wool").content.decode()
    cheapest = client.get("/collections/breakfast/?sort=price-up").content.decode()

    assert page.index("Cup") < page.index("Pot")
    assert "Stranger" not in page
    assert "<strong>slow</strong>" in page
    assert "As we arranged it" in page
    assert "Cup" not in narrowed
    assert cheapest.index("Pot") < cheapest.index("Cup")


@pytest.mark.parametrize(
    "fields",
    [
        {"is_public": False},
        {"starts_at": timezone.now() + timedelta(hours=1)},
        {"ends_at": timezone.now() - timedelta(hours=1)},
    ],
)
def test_a_collection_that_is_not_shown_now_is_nowhere(client, fields):
    cup = listed("Cup")
    make_collection(cup, is_featured=True, **fields)
    HomePage(hero_title="Made to be kept").save()

    assert client.get("/collections/breakfast/").status_code == 404
    for path in ("/", "/collections/", f"/p/{cup.slug}/", "/sitemap.xml?part=1"):
        assert "/collections/breakfast/" not in client.get(path).getvalue().decode()


def test_a_featured_collection_stands_in_the_window_the_menu_and_on_its_products(client):
    cup = listed("Cup")
    make_collection(cup, is_featured=True, description="<p>Slow &amp; warm</p>")
    HomePage(hero_title="Made to be kept").save()

    home = client.get("/").content.decode()

    assert "Breakfast for two" in home
    assert 'href="/collections/"' in home
    assert "/collections/breakfast/" in client.get("/collections/").content.decode()
    assert "/collections/breakfast/" in client.get(f"/p/{cup.slug}/").content.decode()
    assert "/es/collections/breakfast/" in client.get("/sitemap.xml?part=1").getvalue().decode()


def test_a_shop_without_collections_speaks_of_none(client):
    listed("Cup")

    assert "/collections/" not in client.get("/").content.decode()
    assert client.get("/collections/").status_code == 200


def test_a_collection_says_its_own_words_to_search_engines(client):
    make_collection(listed("Cup"), search_title="Breakfast sets & bowls", search_description="Bowls for the morning")

    page = client.get("/collections/breakfast/").content.decode()

    assert "<title>Breakfast sets &amp; bowls" in page
    assert 'content="Bowls for the morning"' in page
    assert 'rel="canonical"' in page


@pytest.mark.parametrize(("path", "most"), [("/collections/breakfast/", 3), ("/", 2), ("/collections/", 2)])
def test_a_page_costs_few_queries(client, django_assert_max_num_queries, path, most):
    HomePage(hero_title="Made to be kept").save()
    make_collection(*(listed(f"Cup {number}") for number in range(5)), is_featured=True)
    client.get(path)

    with django_assert_max_num_queries(most):
        assert client.get(path).status_code == 200


def test_a_product_pays_nothing_for_its_collections_once_they_are_known(client, django_assert_num_queries):
    cup = listed("Cup")
    address = f"/p/{cup.slug}/"
    client.get(address)
    with CaptureQueriesContext(connection) as without:
        client.get(address)
    number = len(without)

    make_collection(cup)
    client.get(address)

    with django_assert_num_queries(number):
        client.get(address)


def test_a_rule_with_pins_pages_through_everything_once(client):
    goods = [unlisted(f"Cup {number:02}", popularity=number) for number in range(30)]
    listing.refresh_all()
    collection = make_collection(goods[3])
    collections.save_rule(
        collection,
        rules.read({"match": "all", "parts": [{"field": "stock", "operator": "is", "value": True}]}),
    )
    collections.rebuild(collection)

    pages = [client.get(f"/collections/breakfast/?page={number}").context["listing"] for number in (1, 2)]

    names = [card.name for page in pages for card in page.cards]
    assert names[0] == "Cup 03"
    assert sorted(names) == sorted(product.name for product in goods)


def test_workshops_stand_under_their_letter(client):
    for name in ("Éclat", "Ebano", "Horno", "4 Hands"):
        listed(brand=Brand.objects.create(name=name, slug=name[-4:].strip().lower()))
    Brand.objects.create(name="Nothing made", slug="nothing")

    response = client.get("/brands/")

    letters = [(letter, [maker.name for maker in makers]) for letter, makers in response.context["letters"]]
    assert letters == [("E", ["Ebano", "Éclat"]), ("H", ["Horno"]), ("#", ["4 Hands"])]
