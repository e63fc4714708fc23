"""A product with hundreds of variants: made in one go, edited in a table, never on one endless page."""

import pytest
from django.urls import reverse

from catalog.actions import variant_table
from catalog.actions.variants import generate
from catalog.models import Option, OptionValue, Variant
from tests.makers import make_cart, make_customer, make_product, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    owner = make_customer(is_staff=True, is_superuser=True)
    client.force_login(owner)
    return owner


@pytest.fixture
def tile():
    """10 x 12 variants."""
    product = make_product("Tile", slug="tile")
    for code, number in (("colour", 10), ("size", 12)):
        option = Option.objects.create(code=code, name=code.title())
        OptionValue.objects.bulk_create(
            OptionValue(option=option, code=f"{code}{n}", value=f"{code} {n}", value_en=f"{code} {n}", position=n)
            for n in range(number)
        )
        product.options.add(option)
    generate(product, price=1000)
    return product


def table(product, query: str = "") -> str:
    return reverse("admin:catalog_product_variant_table", args=[product.pk]) + query


def rows(client, product, query: str = "") -> dict:
    """What a browser would send back from the table."""
    forms = client.get(table(product, query)).context["forms"]
    data = {"rows": "1"}
    for form in forms:
        for field in form:
            value = field.value()
            if field.name == "is_active":
                data |= {field.html_name: "on"} if value else {}
            else:
                data[field.html_name] = "" if value is None else form.fields[field.name].prepare_value(value)
    return data


def test_variants_are_made_in_few_statements(django_assert_max_num_queries, tile):
    Variant.objects.filter(product=tile).delete()
    with django_assert_max_num_queries(60):
        made = generate(tile, price=900)

    assert len(made) == 120 == len({variant.sku for variant in made})
    assert made[0].levels.get().on_hand == 0 and made[-1].values.count() == 2


def test_the_page_of_the_product_leaves_them_to_the_table(client, owner, tile):
    page = client.get(reverse("admin:catalog_product_change", args=[tile.pk])).content.decode()

    assert "variants-TOTAL_FORMS" not in page and table(tile) in page


def test_the_table_shows_fifty_and_costs_the_same_for_more(client, owner, tile, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        page = client.get(table(tile)).content.decode()

    assert page.count('name="ticked"') == 50 and "Page 1 of 3" in page
    assert page.count(', price"') == 50 and page.count(', price before"') == 50


def test_rows_are_saved_and_the_others_stay(client, owner, tile):
    first = tile.variants.first()
    data = rows(client, tile) | {f"v{first.pk}-price": "12,50", f"v{first.pk}-on_hand": "7"}

    response = client.post(table(tile), data, follow=True)

    first.refresh_from_db()
    assert first.price == 1250 and first.levels.get().on_hand == 7
    assert first.levels.get().movements.get().actor == owner.email
    assert tile.variants.filter(price=1000).count() == 119
    assert "1 variant was changed." in response.content.decode()


def test_a_fault_is_said_at_its_cell_and_nothing_is_saved(client, owner, tile):
    first, second = tile.variants.all()[:2]
    data = rows(client, tile) | {f"v{first.pk}-price": "much", f"v{second.pk}-price": "20"}

    response = client.post(table(tile), data)

    assert response.status_code == 422 and "Write an amount such as 39.40." in response.content.decode()
    assert 'value="much"' in response.content.decode()
    assert not tile.variants.exclude(price=1000).exists()


def test_stock_that_moved_meanwhile_is_left(client, owner, tile):
    first = tile.variants.first()
    data = rows(client, tile) | {f"v{first.pk}-on_hand": "7"}
    first.levels.update(on_hand=3)

    page = client.post(table(tile), data, follow=True).content.decode()

    assert first.levels.get().on_hand == 3
    assert "Their stock moved meanwhile" in page and first.sku in page


def test_many_are_changed_at_once_as_far_as_the_search_finds_them(client, owner, tile):
    client.post(table(tile, "?q=size3"), {"many": "1", "what": "raise", "value": "10", "scope": "all"})

    assert tile.variants.filter(price=1100).count() == 10


def test_a_price_above_the_former_one_is_left_and_named(client, owner, tile):
    first = tile.variants.first()
    tile.variants.filter(pk=first.pk).update(compare_at_price=1200)

    done = variant_table.set_price(tile, tile.variants.values_list("pk", flat=True), price=1500)

    assert (done.changed, done.left) == (119, (first.sku,))


def test_a_wanted_variant_is_archived_and_the_rest_is_deleted(client, owner, tile):
    in_cart, counted, free = tile.variants.all()[:3]
    in_cart.levels.update(on_hand=1)
    counted.levels.update(on_hand=2)
    make_cart(in_cart)
    in_cart.levels.update(on_hand=0)
    ids = [in_cart.pk, counted.pk, free.pk]

    response = client.post(table(tile), {"many": "1", "what": "delete", "scope": "ticked", "ticked": ids}, follow=True)

    assert set(Variant.objects.filter(pk__in=ids).values_list("pk", "is_active")) == {
        (in_cart.pk, False),
        (counted.pk, False),
    }
    assert "so they were taken off sale instead" in response.content.decode()


def test_other_products_cannot_be_reached_through_the_table(client, owner, tile):
    other = make_variant(price=500)

    client.post(table(tile), {"many": "1", "what": "price", "value": "1", "scope": "ticked", "ticked": [other.pk, "x"]})

    other.refresh_from_db()
    assert other.price == 500
