"""Facets tell the truth: counts are what a naive count finds, long ones can be looked through, none is a dead end."""

from decimal import Decimal
from urllib.parse import parse_qs

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog import memo
from catalog.actions import facts, listing
from catalog.models import Brand, Listing
from catalog.queries import lists
from tests.catalog.shelf import attribute_value, listed, option_value, unlisted
from tests.catalog.test_facts import make_attribute
from tests.makers import make_category

pytestmark = pytest.mark.django_db
COLOURS, MATERIALS, PRICES = ["oat", "ink", "sage"], ["wool", "linen"], [1000, 2000, 3000]


@pytest.fixture
def goods() -> list[dict]:
    """Every combination once or so, with what a naive count has to know of each product."""
    home, rows = make_category("Home"), []
    for number in range(14):
        colour, material = COLOURS[number % 3], MATERIALS[number // 3 % 2]
        row = {"colour": colour, "material": material, "price": PRICES[number % 5 % 3], "stock": number % 4 > 0}
        unlisted(
            f"Thing {number}",
            category=home,
            price=row["price"],
            stock=5 if row["stock"] else 0,
            options=[option_value("colour", colour)],
            attributes=[attribute_value("material", material)],
        )
        rows.append(row)
    listing.refresh_all()
    return rows


def kept(row: dict, chosen: dict, but: str = "") -> bool:
    colours, materials = chosen["colour"], chosen["material"]
    return (
        (but == "colour" or not colours or row["colour"] in colours)
        and (but == "material" or not materials or row["material"] in materials)
        and (but == "availability" or not chosen["stock"] or row["stock"])
        and (but == "price" or chosen["min"] is None or row["price"] >= chosen["min"])
        and (but == "price" or chosen["max"] is None or row["price"] <= chosen["max"])
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    colours=st.sets(st.sampled_from(COLOURS)),
    materials=st.sets(st.sampled_from(MATERIALS)),
    in_stock=st.booleans(),
    low=st.sampled_from([None, *PRICES]),
    high=st.sampled_from([None, *PRICES]),
)
def test_counts_are_what_a_naive_count_finds(goods, colours, materials, in_stock, low, high):
    if low and high and low > high:
        low, high = high, low
    chosen = {"colour": colours, "material": materials, "stock": in_stock, "min": low, "max": high}
    query = {"colour": sorted(colours), "material": sorted(materials)}
    query |= {"availability": ["in-stock"]} if in_stock else {}
    query |= {"price_min": [str(low // 100)]} if low else {}
    query |= {"price_max": [str(high // 100)]} if high else {}

    page = lists.page_of(lists.everything(), query, "en")

    assert page.total == sum(kept(row, chosen) for row in goods)
    for facet in page.facets:
        for choice in facet.choices:
            if facet.code == "availability":
                naive = sum(row["stock"] for row in goods if kept(row, chosen, "availability"))
            else:
                naive = sum(row[facet.code] == choice.value for row in goods if kept(row, chosen, facet.code))
            assert choice.count == naive, (facet.code, choice.value)
    for drop in page.drops:
        again = lists.page_of(lists.everything(), QueryDict(drop.query), "en")
        assert again.total == drop.number


def test_an_empty_list_says_what_to_drop_and_what_that_gives(goods):
    page = lists.page_of(lists.everything(), QueryDict("colour=oat&material=linen&price_min=9"), "en")
    assert page.total
    Listing.objects.filter(values__value__value="linen").update(price_min=99900)
    memo.forget()

    page = lists.page_of(lists.everything(), QueryDict("colour=oat&material=linen&price_max=50"), "en")

    assert page.total == 0
    assert {drop.labels for drop in page.drops} == {"Linen", "Price"}
    assert all(drop.number for drop in page.drops)


def many_brands(number: int = 60) -> None:
    home = make_category("Home")
    for place in range(number):
        brand = Brand.objects.create(name=f"Brand {place:02d}", slug=f"brand-{place:02d}")
        unlisted(f"Thing {place}", category=home, brand=brand)
    listing.refresh_all()


def brands(query: str):
    page = lists.page_of(lists.everything(), QueryDict(query), "en")
    return next(facet for facet in page.facets if facet.code == "brand")


def test_a_long_facet_shows_some_values_and_leads_to_all():
    many_brands()

    few = brands("")
    every = brands(few.all_query)

    assert (len(few.choices), few.hidden, few.number) == (16, 44, 60)
    assert (len(every.choices), every.hidden, every.can_be_searched) == (60, 0, True)
    assert "all" not in parse_qs(every.all_query)


def test_a_long_facet_can_be_looked_through_and_keeps_what_is_ticked():
    many_brands()

    found = brands("all=brand&within=BRAND+1&brand=brand-42")

    assert [choice.value for choice in found.choices] == [*(f"brand-{n}" for n in range(10, 20)), "brand-42"]


NONSENSE = [
    "all=nowhere",
    "all=brand&within=%00",
    "within=x",
    "all=&within=",
    "all=brand&all=price",
    "all=brand&within=" + "x" * 5000,
]


@pytest.mark.parametrize("query", NONSENSE)
def test_what_makes_no_sense_is_passed_over(query):
    many_brands(3)

    assert lists.page_of(lists.everything(), QueryDict(query), "en").total == 3


def test_a_page_with_a_long_facet_works_without_script(client):
    many_brands()

    page = client.get("/search/?all=brand&within=brand+0").content.decode()

    assert 'name="within"' in page
    assert "Show fewer" in page
    assert page.count('name="brand"') == 10


@pytest.fixture
def boards() -> None:
    """Boards of 8, 12.5, 20, 30 and 120 cm; the longest two of oak."""
    length = make_attribute("number", "length", name="Length", unit="length-centimeter")
    for number in ("8", "12.5", "20", "30", "120"):
        oak = [attribute_value("wood", "oak")] if number in ("30", "120") else []
        board = listed(f"Board {number}", attributes=oak)
        facts.tell(board, {length: Decimal(number)})
        listing.refresh([board.pk])


def named(query: str) -> list[str]:
    page = lists.page_of(lists.everything(), QueryDict(query), "en")
    return sorted((card.name.removeprefix("Board ") for card in page.cards), key=float)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("length_min=10&length_max=20", ["12.5", "20"]),
        ("length_max=12,5", ["8", "12.5"]),
        ("length_min=100", ["120"]),
        ("length_min=30&length_max=12", ["12.5", "20", "30"]),
        ("length_min=13&length_max=19", []),
        ("length_min=13&length_max=25&length=8", ["8", "20"]),
        ("length_min=10&wood=oak", ["30", "120"]),
        ("length_min=1e5&length_max=%27%3B--", ["8", "12.5", "20", "30", "120"]),
        ("length_min=&length_max=", ["8", "12.5", "20", "30", "120"]),
    ],
)
def test_measures_are_narrowed_by_a_typed_range(boards, query, found):
    assert named(query) == found


def test_a_range_counts_without_itself_and_has_an_address(boards, django_assert_max_num_queries):
    lists.page_of(lists.everything(), QueryDict(), "en")
    with django_assert_max_num_queries(4):
        page = lists.page_of(lists.everything(), QueryDict("length_min=10&length_max=20"), "en")

    length = next(facet for facet in page.facets if facet.code == "length")
    assert [choice.count for choice in length.choices] == [1, 1, 1, 1, 1]
    assert (length.low, length.high, length.least, length.largest) == ("10", "20", "8 cm", "120 cm")
    assert [(chosen.label, chosen.query) for chosen in page.chosen] == [("Length 10 – 20 cm", "")]
    assert parse_qs(page.selection.query(sort="newest")) == {
        "length_min": ["10"], "length_max": ["20"], "sort": ["newest"],
    }  # fmt: skip
    assert page.clear_query == ""
