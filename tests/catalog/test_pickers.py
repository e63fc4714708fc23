"""Forms of the back office stay as small as they are, however much there is to choose from."""

import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin
from django.forms import ModelChoiceField
from django.urls import reverse

from catalog.admin import pickers
from catalog.models import Brand, Category, Collection, Product, StockLevel, Tag, Variant
from customers.models import Customer
from orders.models import Order
from tests.makers import make_category, make_customer, make_product, make_variant

pytestmark = pytest.mark.django_db

GROWING = {Product, Variant, Category, Brand, Collection, Tag, Customer}
# Their pages are written by hand and hold no such form.
OWN_PAGES = {Order, StockLevel}


@pytest.fixture(autouse=True)
def owner(client):
    owner = make_customer(is_staff=True, is_superuser=True)
    client.force_login(owner)
    return owner


def found(client, words: str, model: str = "product", field: str = "category") -> list[str]:
    asked = {"app_label": "catalog", "model_name": model, "field_name": field, "term": words}
    return [row["text"] for row in client.get("/admin/autocomplete/", asked).json()["results"]]


def test_a_short_tree_is_chosen_from_without_a_script(client):
    cups = make_category("Cups", make_category("Table"))

    page = client.get(reverse("admin:catalog_product_add")).content.decode()

    assert f'<option value="{cups.pk}">Table › Cups</option>' in page


def test_the_page_of_a_product_does_not_grow_with_the_categories(client, monkeypatch):
    monkeypatch.setattr(pickers, "SHORT", 1)
    product = make_product(category=make_category("Cups", make_category("Table")))
    address = reverse("admin:catalog_product_change", args=[product.pk])
    before = client.get(address).content
    for _ in range(20):
        make_category("Another shelf")
    after = client.get(address).content

    assert "Table › Cups" in after.decode()
    assert after.count(b"<option") == before.count(b"<option")


def test_no_form_lists_what_grows_with_the_shop(rf, owner):
    request = rf.get("/")
    request.user, request.resolver_match = owner, type("Match", (), {"kwargs": {}})
    lists = [
        f"{model.__name__}.{name}"
        for model, page in admin.site._registry.items()
        for source in (page, *page.get_inline_instances(request))
        if model not in OWN_PAGES and source.has_change_permission(request)
        for name, field in fields_of(source, request)
        if field.queryset.model in GROWING and not is_looked_for(field)
    ]

    assert lists == []


def fields_of(source, request):
    form = source.get_formset(request).form if hasattr(source, "get_formset") else source.get_form(request)
    read = set(source.get_readonly_fields(request))
    shown = [(name, field) for name, field in form.base_fields.items() if name not in read]
    return [(name, field) for name, field in shown if isinstance(field, ModelChoiceField)]


def is_looked_for(field) -> bool:
    return isinstance(getattr(field.widget, "widget", field.widget), AutocompleteMixin)


def test_a_category_is_found_by_any_part_of_its_path(client):
    table = make_category("Table", name_es="Mesa y decoración", name_ru="Кухня")
    make_category("Cups", table, name_es="Tazas", name_ru="Кружки")
    make_category("Towels", make_category("Bath", name_es="Baño", name_ru="Ванная"), name_ru="Полотенца")

    assert found(client, "cup tab") == ["Table › Cups"]
    assert found(client, "Table › cups") == ["Table › Cups"]
    client.cookies["django_language"] = "es"
    assert found(client, "decoracion") == ["Mesa y decoración", "Mesa y decoración › Tazas"]
    assert found(client, "towel") == ["Baño › Towels"]
    client.cookies["django_language"] = "ru"
    assert found(client, "КРУЖ") == ["Кухня › Кружки"]


def test_a_variant_is_called_by_its_goods_too(client):
    make_variant(make_product("Oat cup", name_ru="Кружка овсяная"), sku="CUP-OAT")

    assert found(client, "oat cup", "saleprice", "variant") == ["CUP-OAT · Oat cup"]


def test_the_list_of_products_is_narrowed_to_a_category_and_what_is_below_it(client):
    table = make_category("Table")
    cup, towel = make_product("Cup", make_category("Cups", table)), make_product("Towel")
    page = client.get(reverse("admin:catalog_product_changelist"), {"category__id__exact": table.pk})

    assert [row.pk for row in page.context["cl"].result_list] == [cup.pk]
    assert towel.name not in page.content.decode()
    wrong = client.get(reverse("admin:catalog_product_changelist"), {"category__id__exact": "x' OR 1"})
    assert wrong.status_code == 400


def test_staff_who_may_not_see_categories_are_told_nothing_of_them(client):
    make_category("Cups")
    client.force_login(make_customer(is_staff=True))
    asked = {"app_label": "catalog", "model_name": "product", "field_name": "category", "term": "cup"}

    assert client.get("/admin/autocomplete/", asked).status_code == 403


def test_what_begins_an_article_number_leads_to_its_goods_alone(client):
    teapot = make_variant(make_product("Teapot", slug="teapot"), sku="LU-0420-BLUE", barcode="4006381333931")
    make_variant(make_product("Print LU-0420 on paper", slug="print"), sku="PRINT")

    def shown(name: str, words: str) -> list[str]:
        page = client.get(reverse(f"admin:catalog_{name}_changelist"), {"q": words})
        return sorted(str(getattr(row, "slug", "") or row.variant.sku) for row in page.context["cl"].result_list)

    for words in ("lu-0420", "LU-0420-BLUE", "40063813"):
        assert shown("product", words) == ["teapot"]
        assert shown("stocklevel", f"{words} tea") == [teapot.sku]
    assert shown("product", "0420") == ["print", "teapot"]
    assert found(client, "LU-0420", "saleprice", "variant") == ["LU-0420-BLUE · Teapot"]
