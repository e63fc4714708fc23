"""Two people move categories at the same moment."""

import pytest

from catalog.actions import categories
from catalog.models import Category
from tests.catalog.test_stock_races import at_once
from tests.makers import make_category

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_hang_each_into_the_other_leave_a_sound_tree():
    first, second = make_category("Table").pk, make_category("Bath").pk

    results = at_once(
        [
            lambda: categories.move(first, second, categories.INSIDE),
            lambda: categories.move(second, first, categories.INSIDE),
        ]
        * 3,
        workers=4,
    )

    assert any(isinstance(result, categories.Moved) for result in results)
    assert all(isinstance(result, categories.Moved | categories.Cycle) for result in results)
    assert not any(Category.find_problems())
    assert Category.objects.filter(depth=1).count() == 1


def test_many_moves_at_once_lose_no_category():
    places = [make_category(f"Place {number}").pk for number in range(6)]
    jobs = [
        lambda node=node, target=target: categories.move(node, target, categories.INSIDE)
        for node, target in zip(places, [*places[1:], places[0]], strict=True)
    ]

    at_once(jobs * 2, workers=4)

    assert Category.objects.count() == 6
    assert not any(Category.find_problems())
