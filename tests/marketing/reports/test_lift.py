"""What would have been bought anyway: intervals that bear being looked at, and when there is nothing to see."""

import numpy as np
import pytest

from marketing.reports.lift import Group, days_needed, lift_of_money, lift_of_rate


def test_a_shop_with_few_people_is_told_how_long_it_would_take():
    assert days_needed(0.08, 0.2, people_a_day=20) > 365
    assert days_needed(0.2, 0.2, people_a_day=100) < 60
    assert days_needed(0.0, 0.2, people_a_day=100) is None


def looks(chance: np.random.Generator, written: float, held: float, most: int = 5_000) -> list[bool]:
    """Whether it seemed clear at each of twenty looks."""
    step = most // 20
    buys, anyway = chance.random(most) < written, chance.random(most) < held
    groups = [(Group(n, int(buys[:n].sum())), Group(n, int(anyway[:n].sum()))) for n in range(step, most + 1, step)]
    found = [lift_of_rate(*pair) for pair in groups]
    return [interval is not None and interval.is_clear for interval in found]


def test_looking_again_and_again_names_no_winner_where_there_is_none():
    chance = np.random.default_rng(7)
    wrong = sum(any(looks(chance, 0.05, 0.05)) for _ in range(400))

    # One in twenty at the most; an interval for one look alone is wrong in every third of these.
    assert wrong <= 20


def test_a_real_difference_is_found():
    chance = np.random.default_rng(7)

    assert sum(any(looks(chance, 0.12, 0.08)) for _ in range(50)) >= 48


def test_the_interval_of_money_holds_the_true_difference():
    chance = np.random.default_rng(7)
    spent = chance.integers(2_000, 9_000, 4_000) * (chance.random(4_000) < 0.3)
    more, less = spent[:3_000] + 500, spent[3_000:]
    groups = [Group(len(x), int((x > 0).sum()), int(x.sum()), int((x.astype(object) ** 2).sum())) for x in (more, less)]
    interval = lift_of_money(*groups)

    assert interval.low < 500 < interval.high
    assert interval.is_clear
    assert interval.times(3_000).value == pytest.approx(interval.value * 3_000)


def test_too_few_people_or_buyers_say_nothing():
    assert lift_of_rate(Group(40, 20), Group(4_000, 20)) is None
    assert lift_of_rate(Group(4_000, 1), Group(4_000, 1)) is None
    assert lift_of_money(Group(4_000, 0), Group(4_000, 0)) is None
