"""A merchant puts a collection together in the back office, with buttons alone."""

import pytest
from django.urls import reverse

from catalog.models import Collection, Listing
from tests.catalog.shelf import attribute_value, listed
from tests.makers import make_category, make_customer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def owner(client):
    client.force_login(make_customer(is_staff=True, is_superuser=True))


@pytest.fixture
def theme() -> Collection:
    return Collection.objects.create(name="Theme", slug="theme")


def rule_page(collection: Collection) -> str:
    return reverse("admin:catalog_collection_rule", args=[collection.pk])


def goods_page(collection: Collection) -> str:
    return reverse("admin:catalog_collection_goods", args=[collection.pk])


def words(**fields) -> dict:
    names = ("name", "description", "search_title", "search_description")
    blank = {f"{name}_{code}": "" for name in names for code in ("en", "es", "ru")}
    return {**blank, "sort": "recommended", "position": 0, "is_public": "on", **fields}


def test_a_new_collection_asks_for_its_goods_next(client):
    response = client.post(
        reverse("admin:catalog_collection_add"),
        words(name_en="Breakfast", slug="breakfast", description_en="<p>Slow</p><script>alert(1)</script>"),
    )

    collection = Collection.objects.get()
    assert response.url == goods_page(collection)
    assert collection.description_en == "<p>Slow</p>"


def test_one_that_ends_before_it_begins_is_refused_with_a_sentence(client):
    dates = {"starts_at_0": "2026-12-24", "starts_at_1": "10:00", "ends_at_0": "2026-12-01", "ends_at_1": "10:00"}
    response = client.post(reverse("admin:catalog_collection_add"), words(name_en="X", slug="x", **dates))

    assert "It would end before it begins." in response.content.decode()
    assert not Collection.objects.exists()


def test_a_rule_is_built_counted_and_kept_with_buttons_alone(client, theme):
    listed("Cup", price=900)
    listed("Lamp", price=9000)
    page = rule_page(theme)
    begun = client.post(page, {"match-": "all", "new-": "price", "do": "add:"}).content.decode()
    assert 'name="value-0"' in begun
    draft = {"match-": "all", "node": ["0"], "field-0": "price", "operator-0": "at-most", "value-0": "30,00"}
    counted = client.post(page, {**draft, "do": "look"}).content.decode()
    assert "1 product fits" in counted
    assert not theme.members.exists()

    response = client.post(page, {**draft, "do": "save"})

    theme.refresh_from_db()
    assert response.url == goods_page(theme)
    assert theme.rule["parts"] == [{"field": "price", "operator": "at-most", "value": 3000}]
    assert [member.product.name for member in theme.members.all()] == ["Cup"]
    assert 'value="30.00"' in client.get(page).content.decode()


def test_groups_nest_and_parts_are_removed(client, theme):
    nested = {
        "match-": "all", "node": ["0", "1", "1.0", "1.1"],
        "field-0": "stock", "value-0": "yes", "match-1": "any",
        "field-1.0": "age", "operator-1.0": "newer", "value-1.0": "30", "field-1.1": "sale", "value-1.1": "yes",
    }  # fmt: skip
    listed("Cup")

    client.post(rule_page(theme), {**nested, "do": "save"})
    theme.refresh_from_db()
    assert theme.rule["parts"][1]["match"] == "any"
    dropped = client.post(rule_page(theme), {**nested, "do": "drop:1.0"}).context["root"]

    assert [part.draft.field for part in dropped.parts[1].parts] == ["sale"]


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"do": "save"},
        {"do": "add:9.9.9.9.9"},
        {"do": "drop:0"},
        {"do": "drop:"},
        {"do": "group:../../etc"},
        {"do": "save", "match-": "<script>", "node": ["0", "x", "0.1", "²"], "field-0": "nothing"},
        {"do": "save", "node": ["0"], "field-0": "price", "operator-0": "'; DROP TABLE", "value-0": "1e9"},
        {"do": "save", "node": ["0"], "field-0": "age", "value-0": "٣"},
        {"do": "save", "node": ["0"], "field-0": "category", "value-0": "9" * 50},
        {"do": "save", "node": ["0"] * 500, "field-0": "stock", "value-0": "maybe"},
    ],
)
def test_a_damaged_form_keeps_no_rule_and_breaks_nothing(client, theme, posted):
    response = client.post(rule_page(theme), posted)

    theme.refresh_from_db()
    assert response.status_code == 200
    assert theme.rule is None


def test_without_a_rule_only_picks_remain(client, theme):
    listed("Cup")
    client.post(rule_page(theme), {"match-": "all", "node": "0", "field-0": "stock", "value-0": "yes", "do": "save"})
    assert theme.members.count() == 1

    client.post(rule_page(theme), {"do": "clear"})

    theme.refresh_from_db()
    assert (theme.rule, theme.members.count()) == (None, 0)


def test_thousands_of_categories_are_looked_through_by_a_word(client, theme, monkeypatch):
    monkeypatch.setattr("catalog.admin.choices.SHORT", 2)
    table = make_category("Table")
    cups = make_category("Cups", parent=table)
    make_category("Beds")
    row = {"match-": "all", "node": "0", "field-0": "category", "do": "look"}

    unasked = client.post(rule_page(theme), row).content.decode()
    asked = client.post(rule_page(theme), {**row, "find-0": "cup"}).content.decode()

    assert f'value="{cups.pk}"' not in unasked
    assert f'<option value="{cups.pk}">Table › Cups</option>' in asked
    assert "Beds</option>" not in asked


def test_goods_are_found_picked_ordered_and_removed(client, theme):
    cup, pot = listed("Cup", sku="CUP-1"), listed("Pot")
    page = goods_page(theme)
    assert f'value="pick:{cup.pk}"' in client.get(page, {"q": "cup-1"}).content.decode()
    client.post(page, {"do": f"pick:{cup.pk}"})
    client.post(page, {"do": f"pick:{pot.pk}"})
    client.post(page, {"do": f"up:{pot.pk}"})
    order = [member.product for member in theme.members.order_by("position")]
    assert order == [pot, cup]

    client.post(page, {"do": "arrange", "order": [str(cup.pk), "999", "x", str(pot.pk)]})
    client.post(page, {"do": f"free:{pot.pk}"})

    assert [member.product for member in theme.members.order_by("position")] == [cup]


def test_a_product_of_a_rule_is_left_out_and_let_in_again(client, theme):
    cup = listed("Cup", attributes=[attribute_value("material", "oak")])
    client.post(rule_page(theme), {"match-": "all", "node": "0", "field-0": "stock", "value-0": "yes", "do": "save"})
    page = goods_page(theme)

    client.post(page, {"do": f"out:{cup.pk}"})
    out = theme.members.get().kind
    client.post(page, {"do": f"free:{cup.pk}"})

    assert (out, theme.members.get().kind) == ("out", "rule")
    assert "Cup" in client.get(page).content.decode()


@pytest.mark.parametrize("do", ["pick:", "pick:²", "up:99999999999999999999", "arrange", "", "nonsense:1"])
def test_damaged_buttons_do_nothing(client, theme, do):
    assert client.post(goods_page(theme), {"do": do, "order": ["9" * 40]}).status_code == 302
    assert not theme.members.exists()


def test_somebody_who_may_not_change_collections_stays_outside(client, theme):
    client.force_login(make_customer(is_staff=True))

    assert client.get(rule_page(theme)).status_code == 403
    assert client.post(goods_page(theme), {"do": "pick:1"}).status_code == 403


def test_a_large_change_is_left_to_a_worker(client, theme, monkeypatch):
    monkeypatch.setattr("catalog.admin.rule_page.AT_ONCE", 0)
    listed("Cup")

    client.post(rule_page(theme), {"match-": "all", "node": "0", "field-0": "stock", "value-0": "yes", "do": "save"})

    theme.refresh_from_db()
    assert Listing.objects.count() == theme.members.count() == 1
    assert (theme.to_do, theme.done) == (0, 0)
