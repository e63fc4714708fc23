"""What a variant costs at a moment: lists, sales, groups and quantities, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.markets import Market
from catalog.pricing.rules import ListRule, Period, Priced, Rules, SaleRule, at_quantity, steps_at
from catalog.pricing.timeline import BEGINNING, timeline

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
EUR, USD, TRADE = Market("EUR"), Market("USD"), Market("EUR", "trade")


def rules(*parts, price=9000, before=None) -> Rules:
    return Rules(
        Priced(price, before),
        "EUR",
        tuple(part for part in parts if isinstance(part, ListRule)),
        tuple(part for part in parts if isinstance(part, SaleRule)),
    )


def price_list(market=EUR, rank=(0, 1), starts=None, ends=None, **prices) -> ListRule:
    return ListRule(market, Period(starts, ends), rank, {int(step[1:]): price for step, price in prices.items()})


def sale(percent=20, starts=None, ends=None, **more) -> SaleRule:
    return SaleRule(more.pop("pk", 1), Period(starts, ends), percent=percent, **more)


def cost(given, market=EUR, quantity=1, moment=NOW):
    found = at_quantity(steps_at(given, market, moment), quantity)
    return found and found.price


def test_without_lists_and_sales_it_costs_what_it_says():
    assert steps_at(rules(before=9900), EUR, NOW) == {1: Priced(9000, 9900)}


def test_it_is_never_converted():
    assert steps_at(rules(), USD, NOW) == {}
    assert cost(rules(price_list(USD, _1=10500)), USD) == 10500


def test_more_pieces_cost_less_each_from_a_step_on():
    given = rules(price_list(_10=8000, _50=7000))

    assert [cost(given, quantity=number) for number in (1, 9, 10, 49, 50, 999)] == [9000, 9000, 8000, 8000, 7000, 7000]


def test_of_two_lists_the_higher_priority_counts_and_below_its_first_step_the_other():
    given = rules(price_list(rank=(1, 1), _10=8000), price_list(rank=(0, 2), _1=8800, _20=5000))

    assert [cost(given, quantity=number) for number in (1, 10, 20)] == [8800, 8000, 8000]


def test_a_member_of_a_group_pays_the_lower_of_the_two_prices():
    given = rules(price_list(TRADE, _1=7500, _10=6500), sale(20))

    assert [cost(given, TRADE, number) for number in (1, 10)] == [7200, 6500]
    assert cost(given, EUR) == 7200


def test_a_sale_says_what_it_was_and_the_best_of_two_counts():
    found = steps_at(rules(sale(10), sale(25, pk=2), before=9900), EUR, NOW)

    assert found == {1: Priced(6750, 9000, 2)}


def test_an_amount_is_taken_off_its_own_currency_only():
    given = rules(price_list(USD, _1=10500), sale(0, amount=1000, currency="EUR"))

    assert (cost(given, EUR), cost(given, USD)) == (8000, 10500)


def test_a_sale_never_makes_a_price_negative_or_higher():
    assert cost(rules(sale(0, amount=99_999, currency="EUR"))) == 0
    assert steps_at(rules(sale(0, prices={"EUR": 9500})), EUR, NOW) == {1: Priced(9000)}


@pytest.mark.parametrize(("price", "percent", "left"), [(4900, 15, 4165), (999, 50, 500), (1, 50, 1), (980, 33, 657)])
def test_percent_is_rounded_once_to_whole_units(price, percent, left):
    assert cost(rules(sale(percent), price=price)) == left


def test_a_sale_begins_and_ends_by_itself():
    given = rules(sale(20, starts=NOW, ends=NOW + HOUR))

    moments = (NOW - HOUR, NOW, NOW + HOUR - timedelta(microseconds=1), NOW + HOUR)
    assert [cost(given, moment=moment) for moment in moments] == [9000, 7200, 7200, 9000]


def test_the_timeline_tells_every_change_ahead():
    given = rules(sale(20, starts=NOW + HOUR, ends=NOW + 3 * HOUR), sale(50, NOW + 2 * HOUR, NOW + 3 * HOUR, pk=2))

    windows = timeline(given, EUR, NOW)

    assert [(window.starts, window.steps[1].price) for window in windows] == [
        (BEGINNING, 9000),
        (NOW + HOUR, 7200),
        (NOW + 2 * HOUR, 4500),
        (NOW + 3 * HOUR, 9000),
    ]
    assert windows[-1].ends is None


periods = st.tuples(st.integers(-50, 50), st.integers(1, 50)).map(
    lambda pair: (NOW + pair[0] * HOUR, NOW + (pair[0] + pair[1]) * HOUR)
)
lists = st.builds(
    lambda market, rank, period, prices: ListRule(market, Period(*period), (rank, 1), prices),
    st.sampled_from([EUR, USD, TRADE]),
    st.integers(0, 3),
    periods,
    st.dictionaries(st.integers(1, 20), st.integers(0, 20_000), min_size=1, max_size=3),
)
sales = st.builds(
    lambda pk, percent, period: SaleRule(pk, Period(*period), percent=percent),
    st.integers(1, 9),
    st.integers(1, 99),
    periods,
)
every_rule = st.tuples(st.lists(lists, max_size=4), st.lists(sales, max_size=3)).map(
    lambda found: rules(*found[0], *found[1])
)


@given(every_rule, st.sampled_from([EUR, USD, TRADE]), st.integers(0, 120), st.integers(1, 30))
def test_the_timeline_says_at_any_moment_what_the_rules_say(given, market, hours, quantity):
    moment = NOW + hours * HOUR
    window = next(w for w in timeline(given, market, NOW) if w.starts <= moment and (w.ends is None or moment < w.ends))

    assert at_quantity(window.steps, quantity) == at_quantity(steps_at(given, market, moment), quantity)


@given(every_rule, st.integers(-60, 120), st.integers(1, 30))
def test_nobody_in_a_group_pays_more_than_everybody(given, hours, quantity):
    moment = NOW + hours * HOUR

    assert cost(given, TRADE, quantity, moment) <= cost(given, EUR, quantity, moment)


@given(every_rule, st.integers(-60, 120))
def test_a_former_price_is_always_higher_and_no_price_is_negative(given, hours):
    for market in (EUR, USD, TRADE):
        for step in steps_at(given, market, NOW + hours * HOUR).values():
            assert step.price >= 0
            assert step.compare_at is None or step.compare_at > step.price
