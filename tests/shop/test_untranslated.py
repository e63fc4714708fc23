"""What still has to be translated is one list, with a way straight to each field."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.actions.facts import tell
from catalog.models import Product
from shop import untranslated
from shop.models import Page
from tests.catalog.shelf import attribute_value
from tests.catalog.test_publishing import make_attribute, make_type
from tests.customers.office import clerk_with
from tests.makers import make_category, make_customer, make_product

pytestmark = pytest.mark.django_db
ADDRESS = "admin:shop_untranslated"


@pytest.fixture
def owner(client):
    owner = make_customer(is_staff=True, is_superuser=True)
    client.force_login(owner)
    return owner


@pytest.fixture
def category():
    return make_category("Table", name_es="Mesa", name_ru="Стол")


def read(client, **query) -> str:
    response = client.get(reverse(ADDRESS), query)
    assert response.status_code == 200
    return response.content.decode()


def counts() -> dict[str, dict[str, int]]:
    return {code: found for code, found in untranslated.counts(untranslated.kinds()).items() if any(found.values())}


def test_each_text_that_lacks_a_language_is_counted_where_it_stands(category):
    product = make_product("Cup", category, name_es="Taza", summary="Round")
    tell(product, {make_attribute("text", name_es="Texto", name_ru="Текст"): {"en": "Warm", "es": "Tibio"}})

    assert counts() == {"catalog.product": {"es": 1, "ru": 2}, "catalog.fact": {"es": 0, "ru": 1}}
    Product.objects.update(name_ru="Чашка", summary_es="Redonda", summary_ru="")
    assert counts()["catalog.product"] == {"es": 0, "ru": 1}


def test_a_line_leads_to_the_field_itself(client, owner, category):
    product = make_product("Cup <b>", category, name_es="Taza")
    address = reverse("admin:catalog_product_change", args=[product.pk])

    text = read(client, language="ru")
    assert f'href="{address}#id_name_ru"' in text
    assert "Cup <b>" not in text
    assert "Everything is said in this language." in read(client, language="es", kind="catalog.product")

    fact = make_attribute("text", name_es="Texto", name_ru="Текст")
    tell(product, {fact: {"en": "Warm"}})
    assert f"{address}#id_fact_{fact.pk}_es" in read(client, language="es", kind="catalog.fact")


def test_it_can_be_searched_and_paged(client, owner, category):
    for number in range(51):
        make_product(f"Cup {number:02d}", category)

    assert read(client, q="cup 0").count("#id_name_") == 10
    assert read(client).count("#id_name_") == 50
    assert read(client, page="2").count("#id_name_") == 1
    for odd in ({"page": "x"}, {"kind": "auth.user"}, {"language": "xx"}, {"q": "\0%_\\'"}, {"q": "я" * 300}):
        read(client, **odd)


def test_more_gaps_cost_no_more_queries(client, owner, category):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            read(client, kind="catalog.attributevalue")
        return len(asked)

    attribute_value("material", "oak")
    queries()
    few = queries()
    for code in ("linen", "wool", "felt"):
        attribute_value("material", code)

    assert queries() <= few


def test_who_may_not_read_the_things_reads_no_gaps(client, category):
    make_product("Secret cup", category)
    Page.objects.create(slug="returns", title="Returns", body="<p>Back</p>")
    client.force_login(clerk_with("view_page"))
    assert "Secret cup" not in read(client, kind="catalog.product")
    assert "Returns" in read(client, language="es")

    client.force_login(clerk_with("view_order"))
    assert client.get(reverse(ADDRESS)).status_code == 403


def test_the_front_page_and_the_list_of_products_tell_of_gaps(client, owner, category):
    bare = make_product("Cup", category, name_es="Taza", name_ru="Чашка", description="<p>Round</p>")
    lacking = make_product("Board", category, type=make_type(make_attribute("number")))

    assert "texts lack a translation" in client.get(reverse("admin:index")).content.decode()
    products = reverse("admin:catalog_product_changelist")
    text = client.get(products, {"lacking": "ru"}).content.decode()
    assert reverse("admin:catalog_product_change", args=[bare.pk]) in text
    text = client.get(products, {"lacking": "facts"}).content.decode()
    assert reverse("admin:catalog_product_change", args=[lacking.pk]) in text
    assert reverse("admin:catalog_product_change", args=[bare.pk]) not in text
