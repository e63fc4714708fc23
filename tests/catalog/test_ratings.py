"""Ratings stand on the product and its listing row, so that no list has to count them."""

import pytest

from catalog.actions import listing, ratings
from catalog.listings.cards import average
from catalog.models import Listing, Product
from catalog.queries import lists
from tests.makers import make_product, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def cup():
    product = make_variant(make_product("Cup")).product
    listing.refresh([product.pk])
    return product


def shown(query: dict | None = None):
    return lists.page_of(lists.everything(), query or {}, "en")


def test_a_card_says_the_average_and_how_many(cup):
    ratings.set_ratings(cup.pk, [0, 0, 0, 1, 2])

    card = shown().cards[0]
    assert (card.rating, card.ratings) == (4.7, 3)


def test_a_card_without_ratings_says_nothing(cup):
    card = shown().cards[0]

    assert (card.rating, card.ratings) == (None, 0)


def test_a_list_is_narrowed_to_four_stars_and_more(cup):
    poor = make_variant(make_product("Poor cup")).product
    listing.refresh([poor.pk])
    ratings.set_ratings(cup.pk, [0, 0, 0, 0, 1])
    ratings.set_ratings(poor.pk, [0, 0, 1, 0, 0])

    assert [card.name for card in shown({"rating": ["4-up"]}).cards] == ["Cup"]
    assert {card.name for card in shown({"rating": ["3-up"]}).cards} == {"Cup", "Poor cup"}
    facet = next(facet for facet in shown().facets if facet.code == "rating")
    assert [(choice.label, choice.count) for choice in facet.choices] == [
        ("4 stars and more", 1),
        ("3 stars and more", 2),
    ]


def test_what_is_no_longer_rated_leaves_the_narrowed_list(cup):
    ratings.set_ratings(cup.pk, [0, 0, 0, 0, 1])
    ratings.set_ratings(cup.pk, [0, 0, 0, 0, 0])

    assert shown({"rating": ["4-up"]}).total in (0, 1)
    assert Listing.objects.get(pk=cup.pk).card["rating"] == []
    assert Product.objects.get(pk=cup.pk).voices_revision == 2


@pytest.mark.parametrize("spread", [[1, 2], [0, 0, 0, 0, -1], [0] * 6])
def test_a_spread_is_five_counts(cup, spread):
    with pytest.raises(ValueError, match="five counts"):
        ratings.set_ratings(cup.pk, spread)


@pytest.mark.parametrize(
    ("total", "count", "mean"), [(0, 0, None), (9, 2, 4.5), (14, 3, 4.7), (89, 20, 4.5), (1, 1, 1)]
)
def test_halves_are_rounded_up(total, count, mean):
    assert average(total, count) == mean
