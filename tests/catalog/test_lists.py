"""Lists narrow, count, sort and page as a shopper expects."""

import pytest
from django.http import QueryDict
from django.utils import timezone

from catalog.actions import listing
from catalog.models import Brand, Product
from catalog.queries import lists
from tests.catalog.shelf import attribute_value, listed, option_value, unlisted
from tests.makers import make_category

pytestmark = pytest.mark.django_db


def page(query: str = "", scope=None, language: str = "en") -> lists.ListPage:
    return lists.page_of(scope or lists.everything(), QueryDict(query), language)


def names(found: lists.ListPage) -> list[str]:
    return [card.name for card in found.cards]


def counts(found: lists.ListPage, code: str) -> dict[str, int]:
    return {choice.value: choice.count for facet in found.facets if facet.code == code for choice in facet.choices}


def test_a_category_shows_what_is_in_it_and_below_it():
    table = make_category("Table")
    cups, beds = make_category("Cups", parent=table), make_category("Beds")
    listed("Cup", category=cups)
    listed("Plate", category=table)
    listed("Pillow", category=beds)

    assert sorted(names(page(scope=lists.in_category(table)))) == ["Cup", "Plate"]


def test_a_brand_shows_its_own():
    horno = Brand.objects.create(name="Horno", slug="horno")
    listed("Cup", brand=horno)
    listed("Plate")

    assert names(page(scope=lists.of_brand(horno))) == ["Cup"]


def test_values_of_a_facet_widen_and_facets_narrow_each_other():
    oat, sage, ink = (option_value("colour", code) for code in ("oat", "sage", "ink"))
    linen, wool = (attribute_value("material", code) for code in ("linen", "wool"))
    listed("Oat linen", options=[oat], attributes=[linen])
    listed("Sage linen", options=[sage], attributes=[linen])
    listed("Ink wool", options=[ink], attributes=[wool])

    assert len(page("colour=oat&colour=ink").cards) == 2
    assert names(page("colour=oat&colour=ink&material=wool")) == ["Ink wool"]


def test_counts_leave_the_facets_own_choice_aside():
    oat, sage = option_value("colour", "oat"), option_value("colour", "sage")
    linen, wool = attribute_value("material", "linen"), attribute_value("material", "wool")
    listed(options=[oat], attributes=[linen])
    listed(options=[sage], attributes=[linen])
    listed(options=[sage], attributes=[wool])

    found = page("colour=oat&material=linen")

    assert found.total == 1
    assert counts(found, "colour") == {"oat": 1, "sage": 1}
    assert counts(found, "material") == {"linen": 1}
    assert counts(page("colour=sage"), "material") == {"linen": 1, "wool": 1}


def test_a_chosen_value_that_shows_nothing_stays_ticked():
    listed(options=[option_value("colour", "oat")], price=1000)
    listed(options=[option_value("colour", "sage")], price=9000)

    found = page("colour=oat&price_min=50")

    assert (found.total, counts(found, "colour")) == (0, {"oat": 0, "sage": 1})
    assert [chosen.facet for chosen in found.chosen] == ["colour", "price"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("price_min=20&price_max=50", ["Middle"]),
        ("price_max=50&price_min=20", ["Middle"]),
        ("price_min=50&price_max=20", ["Middle"]),
        ("price_min=25,50&price_max=25.50", ["Middle"]),
        ("price_min=abc&price_max=-1", ["Cheap", "Middle", "Dear"]),
        ("price_min=1e99999", ["Cheap", "Middle", "Dear"]),
        ("price_min=999999999999", []),
    ],
)
def test_a_typed_price_range_narrows(query, expected):
    for name, price in (("Cheap", 1000), ("Middle", 2550), ("Dear", 9900)):
        listed(name, price=price)

    found = page(query + "&sort=price-up")

    assert names(found) == expected
    assert (found.price_from, found.price_to) == (1000, 9900)


def test_availability_and_reductions_are_facets():
    listed("Sold out", stock=0)
    listed("Reduced", price=100, compare_at=200)
    listed("Plain")

    assert sorted(names(page("availability=in-stock"))) == ["Plain", "Reduced"]
    assert names(page("sale=on-sale")) == ["Reduced"]
    assert counts(page("availability=in-stock"), "sale") == {"on-sale": 1}
    assert counts(page(), "availability") == {"in-stock": 2}


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("recommended", ["Popular", "New", "Old", "Sold out"]),
        ("newest", ["New", "Popular", "Old", "Sold out"]),
        ("price-up", ["Old", "New", "Popular", "Sold out"]),
        ("price-down", ["Popular", "New", "Old", "Sold out"]),
        ("nonsense", ["Popular", "New", "Old", "Sold out"]),
    ],
)
def test_every_order_ends_with_what_is_sold_out(sort, expected):
    day = timezone.now()
    for name, days, price, popularity, stock in (
        ("Old", 30, 1000, 1, 5),
        ("Popular", 20, 3000, 90, 5),
        ("New", 1, 2000, 2, 5),
        ("Sold out", 0, 1500, 99, 0),
    ):
        product = listed(name, price=price, stock=stock, popularity=popularity)
        Product.objects.filter(pk=product.pk).update(published_at=day - timezone.timedelta(days=days))
    listing.refresh_all()

    assert names(page(f"sort={sort}")) == expected


def test_pages_hold_every_product_once():
    for number in range(30):
        unlisted(f"Cup {number}")
    listing.refresh_all()

    first, second = page(), page("page=2")

    assert (len(first.cards), len(second.cards), first.pages, second.first, second.last) == (24, 6, 2, 25, 30)
    assert len({card.product_id for card in first.cards + second.cards}) == 30


@pytest.mark.parametrize("number", ["0", "-3", "abc", "²", "99999999999999999999", ""])
def test_a_page_that_does_not_exist_is_the_nearest_that_does(number):
    listed()

    assert page(f"page={number}").page == 1
    assert names(page(f"page={number}")) == ["Cup"]


def test_unknown_facets_and_values_are_passed_over():
    listed(options=[option_value("colour", "oat")])

    found = page("colour=pink&taste=sweet&colour=%00&utm_source=mail")

    assert (found.total, found.chosen, found.selection.is_narrowed) == (1, [], False)


def test_words_are_in_the_language_asked_for():
    listed("Cup", name_ru="Кружка", options=[option_value("colour", "oat", value_ru="Овёс")])

    found = page(language="ru")

    assert names(found) == ["Кружка"]
    assert found.cards[0].swatches == (("#a0522d", "Овёс"),)
    assert [choice.label for choice in found.facets[1].choices] == ["Овёс"]


def test_addresses_keep_what_is_chosen():
    listed(options=[option_value("colour", "oat")], price=2550)

    found = page("colour=oat&price_max=25.50&sort=newest&page=1")

    assert found.selection.query() == "colour=oat&price_max=25.50&sort=newest"
    assert found.chosen[0].query == "price_max=25.50&sort=newest"
    assert found.clear_query == "sort=newest"
    assert found.next_query.endswith("page=2")


def test_a_change_of_the_goods_is_seen_at_once():
    listed("Cup")
    assert page().total == 1

    listed("Plate")

    assert page().total == 2


def test_hits_of_a_search_come_in_their_own_order_and_can_be_narrowed():
    oat = option_value("colour", "oat")
    first, second, third = listed("A", options=[oat], price=300), listed("B"), listed("C", options=[oat], price=100)
    scope = lists.found(("cup", "en"), [second.pk, third.pk, first.pk])

    assert names(page(scope=scope)) == ["B", "C", "A"]
    assert names(page("colour=oat", scope)) == ["C", "A"]
    assert names(page("sort=price-down", scope)) == ["B", "A", "C"]
    assert page(scope=scope).sorts[0][:3] == ("relevance", "Best match", True)


def test_an_empty_search_is_an_empty_list():
    listed()

    found = page(scope=lists.found(("nothing", "en"), []))

    assert (found.cards, found.total, found.pages, found.first) == ([], 0, 1, 0)


@pytest.mark.parametrize("query", ["", "colour=oat&material=linen&price_max=90&availability=in-stock&page=2"])
def test_a_list_costs_a_handful_of_queries_and_then_two(django_assert_max_num_queries, query):
    oat, linen = option_value("colour", "oat"), attribute_value("material", "linen")
    for _ in range(30):
        unlisted(options=[oat], attributes=[linen])
    listing.refresh_all()

    with django_assert_max_num_queries(5):
        page(query)
    with django_assert_max_num_queries(2):
        page(query)


def test_long_lists_are_walked_and_short_ones_kept_with_the_same_outcome(monkeypatch):
    oat, table = option_value("colour", "oat"), make_category()
    for number in range(30):
        unlisted(f"Cup {number}", options=[oat], category=table, stock=number % 3, price=100 * (number % 7))
    listing.refresh_all()
    query, scope = "colour=oat&sort=price-up&page=2", lists.in_category(table)
    kept = page(query, scope)

    monkeypatch.setattr("catalog.queries.lists.page.KEPT", 0)

    assert names(page(query, scope)) == names(kept)
