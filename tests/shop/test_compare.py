"""Up to four products side by side, at an address that can be shared."""

import pytest
from django.test import Client

from tests.catalog.shelf import attribute_value, listed, option_value

pytestmark = pytest.mark.django_db
AGENT = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture
def visitor():
    return Client(headers=AGENT)


def page(visitor, path: str) -> str:
    return visitor.get(path, follow=True).content.decode()


def cups() -> None:
    listed("Clay cup", slug="clay", price=1900, attributes=[attribute_value("material", "clay")])
    listed("Glass cup", slug="glass", stock=0, attributes=[attribute_value("material", "glass")])
    listed("Tall cup", slug="tall", options=[option_value("size", "l")], attributes=[attribute_value("made", "spain")])


def test_facts_stand_side_by_side_and_differences_are_marked(visitor):
    cups()

    shown = page(visitor, "/compare/?p=clay&p=glass")

    assert shown.index("Clay cup") < shown.index("Glass cup")
    assert '<tr class="differs"><th scope="row">Material' in shown
    assert "€19.00" in shown
    assert "Sold out" in shown


def test_a_product_is_added_by_a_link_and_the_last_comparison_is_remembered(visitor):
    cups()
    page(visitor, "/compare/?add=clay")
    answer = visitor.get("/compare/?add=tall")

    assert answer["Location"] == "/compare/?p=clay&p=tall"
    page(visitor, answer["Location"])
    assert "Clay cup" in page(visitor, "/compare/")


def test_one_is_taken_out_by_a_link_and_all_by_another(visitor):
    cups()

    assert 'href="/compare/?p=glass"' in page(visitor, "/compare/?p=clay&p=glass")
    page(visitor, "/compare/?none=1")
    assert "Nothing to compare yet" in page(visitor, "/compare/")


def test_a_fifth_is_refused_politely(visitor):
    for number in range(5):
        listed(f"Cup {number}", slug=f"cup-{number}")
        shown = page(visitor, f"/compare/?add=cup-{number}")

    assert "Four products fit side by side" in shown
    assert "Cup 4" not in shown.split("<main")[1].split("</main")[0].split("<table")[1]


HOSTILE = ["p=", "p=%00", "p=nowhere", "add=", "add=%00", "add=nowhere", f"p={'x' * 3000}", "&".join(["p=a"] * 500)]


@pytest.mark.parametrize("query", HOSTILE)
def test_whatever_the_address_says_the_page_opens(visitor, query):
    cups()

    assert visitor.get(f"/compare/?{query}", follow=True).status_code == 200


def test_a_shared_address_shows_the_same_to_another_visitor(visitor):
    cups()

    other = Client(headers=AGENT)

    assert "Tall cup" in page(other, "/ru/compare/?p=tall&p=clay")


def test_it_costs_few_queries(visitor, django_assert_max_num_queries):
    cups()
    page(visitor, "/compare/?p=clay")

    with django_assert_max_num_queries(8):
        visitor.get("/compare/?p=clay&p=glass&p=tall")


def test_lists_and_products_lead_to_it(visitor):
    cups()

    assert "/compare/?add=clay" in page(visitor, "/search/")
    assert "/compare/?add=clay" in page(visitor, "/p/clay/")
