"""The prior price of a reduction: the lowest of the 30 days before it, frozen while it lasts."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from catalog.pricing.reductions import LOOKS_BACK, Change, began_at, lowest_before_reduction, lowest_between

DAY = timedelta(days=1)
START = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + number * DAY


@st.composite
def histories(draw):
    """Prices that change at whole hours, some of them called reduced."""
    hours = sorted(draw(st.lists(st.integers(0, 24 * 90), min_size=1, max_size=12)))
    prices = st.tuples(st.integers(0, 500), st.one_of(st.none(), st.integers(501, 900)))
    return [Change(START + timedelta(hours=hour), *draw(prices)) for hour in hours]


def price_at(changes, moment):
    return next((change.price for change in reversed(changes) if change.at <= moment), None)


def test_it_is_the_lowest_before_the_reduction_and_not_of_the_last_thirty_days():
    changes = [Change(day(0), 9000), Change(day(40), 8500), Change(day(50), 9000), Change(day(60), 6000, 9000)]

    assert lowest_before_reduction(changes, day(61)) == 8500
    # Forty days into the reduction the last thirty days know nothing but 6000.
    assert lowest_before_reduction(changes, day(100)) == 8500


def test_a_reduction_that_grows_step_by_step_is_one_reduction():
    changes = [Change(day(0), 9000), Change(day(40), 8000, 9000), Change(day(45), 7000, 9000)]

    assert lowest_before_reduction(changes, day(50)) == 9000


def test_a_price_that_rises_again_while_called_reduced_begins_a_new_one():
    changes = [Change(day(0), 9000), Change(day(40), 5000, 9000), Change(day(45), 7000, 9000)]

    assert lowest_before_reduction(changes, day(50)) == 5000


def test_a_price_from_more_than_thirty_days_ago_counts_while_it_held():
    changes = [Change(day(0), 4000), Change(day(35), 9000), Change(day(60), 7000, 9000)]

    assert lowest_before_reduction(changes, day(60)) == 4000
    assert lowest_before_reduction([*changes[:2], Change(day(66), 7000, 9000)], day(66)) == 9000


def test_nothing_is_said_without_a_reduction_or_without_a_past():
    assert lowest_before_reduction([Change(day(0), 9000)], day(1)) is None
    assert lowest_before_reduction([Change(day(0), 7000, 9000)], day(1)) is None
    assert lowest_before_reduction([], day(1)) is None


@given(histories(), st.integers(0, 24 * 100))
def test_it_is_the_lowest_of_every_hour_of_those_thirty_days(changes, hour):
    moment = START + timedelta(hours=hour)
    began = began_at(changes, moment)

    found = lowest_before_reduction(changes, moment)

    if began is None:
        assert found is None
    else:
        hours = int(LOOKS_BACK / timedelta(hours=1))
        held = [price_at(changes, began - timedelta(hours=back)) for back in range(1, hours + 1)]
        assert found == min((price for price in held if price is not None), default=None)


@given(histories(), st.integers(0, 24 * 90), st.integers(1, 24 * 60))
def test_it_stays_the_same_for_as_long_as_the_reduction_lasts(changes, hour, later):
    moment = START + timedelta(hours=hour)
    after = moment + timedelta(hours=later)

    if began_at(changes, moment) == began_at(changes, after) is not None:
        assert lowest_before_reduction(changes, moment) == lowest_before_reduction(changes, after)


@given(histories(), st.integers(0, 24 * 90))
def test_what_comes_later_never_changes_what_was_said(changes, hour):
    moment = START + timedelta(hours=hour)
    known = [change for change in changes if change.at <= moment]

    assert lowest_before_reduction(known, moment) == lowest_before_reduction(changes, moment)


@given(histories(), st.integers(0, 24 * 90), st.integers(1, 24 * 30))
def test_the_lowest_is_a_price_that_was_asked_for(changes, hour, span):
    since = START + timedelta(hours=hour)
    found = lowest_between(changes, since, since + timedelta(hours=span))

    assert found is None or found in [change.price for change in changes]
