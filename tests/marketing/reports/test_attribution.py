"""An order is credited whole, to what led to it, by the model that is asked for."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketing.reports.attribution import MODELS, Contact, before, credit

ORDERED = datetime(2026, 11, 20, 12, tzinfo=UTC)


def contact(origin: str, days_before: float) -> Contact:
    return Contact(origin, ORDERED - timedelta(days=days_before))


ROAD = [contact("search", 4), contact("letter", 3), contact("letter", 2), contact("advert", 1)]


@pytest.mark.parametrize(
    ("model", "money"),
    [
        ("last", {"advert": 1000}),
        ("first", {"search": 1000}),
        ("linear", {"search": 250, "letter": 500, "advert": 250}),
        ("position", {"search": 400, "letter": 200, "advert": 400}),
    ],
)
def test_each_model_divides_an_order_in_its_own_way(model, money):
    assert {origin: part for origin, (_order, part) in credit(ROAD, 1000, model).items()} == money


def test_only_contacts_of_the_five_days_before_the_order_count():
    found = before([contact("old", 5.01), contact("later", -0.1), contact("b", 1), contact("a", 5)], ORDERED)

    assert [one.origin for one in found] == ["a", "b"]
    assert credit([], 1000) == {}


@given(
    st.lists(st.sampled_from("abcd"), min_size=1, max_size=9),
    st.integers(-100_000, 10_000_000),
    st.sampled_from(list(MODELS)),
)
def test_the_parts_of_an_order_always_are_the_whole(origins, amount, model):
    contacts = [contact(origin, 4 - number / 10) for number, origin in enumerate(origins)]
    parts = credit(contacts, amount, model)

    assert sum(money for _order, money in parts.values()) == amount
    assert sum(order for order, _money in parts.values()) == pytest.approx(1)
