"""A category goes, and nothing that was in it is lost."""

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.actions import addresses, categories, listing
from catalog.actions.category_removal import NeedsAPlace, remove
from catalog.models import Category, Collection, Listing, Product
from catalog.queries.prices import quote
from tests.catalog.shelf import listed
from tests.makers import make_category, make_customer, make_product, make_sale

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> dict[str, Category]:
    """Table (Cups (Small)), Bath."""
    table = make_category("Table", slug="table")
    cups = make_category("Cups", parent=table, slug="cups")
    small = make_category("Small", parent=cups, slug="small")
    rows = {"table": table, "cups": cups, "small": small, "bath": make_category("Bath", slug="bath")}
    return {slug: Category.objects.get(pk=row.pk) for slug, row in rows.items()}


@pytest.fixture
def office(client):
    client.force_login(make_customer(is_staff=True, is_superuser=True))
    return client


def drawn() -> list[str]:
    return ["-" * (row.depth - 1) + row.slug for row in Category.objects.order_by("path")]


def in_step() -> bool:
    return all(row.category_path == row.product.category.path for row in Listing.objects.select_related("product"))


def delete(office, category: Category, into: Category | None, **more):
    address = reverse("admin:catalog_category_delete", args=[category.pk])
    return office.post(address, {"into": into.pk if into else "", **more}, follow=True)


def test_its_goods_and_smaller_categories_move_and_its_addresses_follow(office, tree):
    cup, espresso = listed("Cup", category=tree["cups"]), listed("Espresso cup", category=tree["small"])
    draft = make_product("Draft", tree["cups"], status=Product.Status.DRAFT)
    addresses.left(tree["cups"], "mugs")

    asked = delete(office, tree["cups"], tree["bath"]).content.decode()
    assert "Move 2 products and 1 smaller category (with 1 product) to “Bath” and delete “Cups”?" in asked
    assert Category.objects.count() == 4
    delete(office, tree["cups"], tree["bath"], sure="1")

    assert drawn() == ["table", "bath", "-small"]
    assert {row.category.slug for row in Product.objects.filter(pk__in=[cup.pk, draft.pk])} == {"bath"}
    assert (in_step(), any(Category.find_problems())) == (True, False)
    assert Product.objects.get(pk=espresso.pk).category.slug == "small"
    for old in ("cups", "mugs"):
        assert office.get(f"/c/{old}/").headers["Location"] == "/c/bath/"


def test_without_a_place_for_its_goods_nothing_goes(office, tree):
    listed("Cup", category=tree["small"])
    before = drawn()

    with pytest.raises(NeedsAPlace):
        remove(tree["small"].pk, None)
    with pytest.raises(categories.Cycle):
        remove(tree["cups"].pk, tree["small"].pk)
    assert delete(office, tree["small"], None).status_code == 422
    assert delete(office, tree["cups"], tree["small"], sure="1").status_code == 422
    assert drawn() == before


def test_an_empty_one_goes_with_or_without_an_heir(office, tree):
    delete(office, tree["small"], tree["table"], sure="1")
    delete(office, tree["bath"], None, sure="1")

    assert drawn() == ["table", "-cups"]
    assert office.get("/c/small/").headers["Location"] == "/c/table/"
    assert office.get("/c/bath/").status_code == 404


def test_a_sale_covers_the_same_goods_as_before(tree):
    cup, espresso = listed("Cup", category=tree["cups"]), listed("Espresso cup", category=tree["small"])
    soap = listed("Soap", category=tree["bath"])
    make_sale(percent=50, categories=[tree["cups"]])
    goods = [cup.pk, espresso.pk, soap.pk]
    listing.refresh(goods)

    listing.refresh(remove(tree["cups"].pk, tree["bath"].pk).product_ids)

    variants = [Product.objects.get(pk=pk).variants.get().pk for pk in goods]
    assert [quote(variants)[pk].at(1).unit for pk in variants] == [2450, 2450, 4900]


def test_a_collection_asks_for_the_category_that_took_over(office, tree):
    cup, soap = listed("Cup", category=tree["cups"]), listed("Soap", category=tree["bath"])
    asks = {"match": "all", "parts": [{"field": "category", "operator": "is", "value": tree["cups"].pk}]}
    themed = Collection.objects.create(name="Mornings", slug="mornings", rule=asks, judged_at=timezone.now())
    listing.refresh([cup.pk, soap.pk])
    assert [row.product for row in themed.members.all()] == [cup]

    assert "“Mornings”" in delete(office, tree["cups"], tree["bath"]).content.decode()
    delete(office, tree["cups"], tree["bath"], sure="1")

    assert {row.product for row in themed.members.all()} == {cup, soap}


def test_whoever_may_not_delete_categories_does_not(client, tree):
    client.force_login(make_customer(is_staff=True))

    assert delete(client, tree["bath"], None, sure="1").status_code == 403
    assert Category.objects.filter(slug="bath").exists()
