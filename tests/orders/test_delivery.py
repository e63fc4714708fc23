"""Promised days: weekends, holidays, the cut-off hour, and the nights when the clock is changed."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.delivery import Offer, Parcel, Survey, survey, terms
from orders.delivery.calendar import Calendar, Pace, promise
from orders.models import ClosedDay
from orders.tax import Place
from tests.makers import make_delivery

MADRID = ZoneInfo("Europe/Madrid")


def local(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    """A moment in March 2026 by the shop's clock; the 2nd is a Monday, summer time begins on the 29th."""
    return datetime(2026, month, day, hour, minute, tzinfo=MADRID)


def promised(now, closed=(), cutoff=14, handling=0, fastest=1, slowest=2):
    days = Calendar(closed=frozenset(closed))
    return promise(now, MADRID, days, days, Pace(cutoff, handling, fastest, slowest))


def found(value: int = 1000, country: str = "ES", now: datetime | None = None) -> Survey:
    return survey(terms(), Parcel(value), Place(country), now or local(2, 9))


def offers(value: int = 1000, country: str = "ES", now: datetime | None = None) -> tuple[Offer, ...]:
    return found(value, country, now).offers


def test_an_order_before_the_cut_off_starts_today():
    days = promised(local(2, 13, 59))

    assert (days.arrives_from, days.arrives_by) == (date(2026, 3, 3), date(2026, 3, 4))
    assert days.order_by == local(2, 14)


def test_an_order_at_the_cut_off_starts_tomorrow():
    days = promised(local(2, 14))

    assert days.arrives_from == date(2026, 3, 4)
    assert days.order_by == local(3, 14)


def test_packing_takes_working_days():
    assert promised(local(2, 9), handling=2).arrives_from == date(2026, 3, 5)


def test_a_parcel_does_not_travel_at_the_weekend():
    days = promised(local(5, 9), fastest=2, slowest=3)

    assert (days.arrives_from, days.arrives_by) == (date(2026, 3, 9), date(2026, 3, 10))


@pytest.mark.parametrize("now", [local(6, 14), local(7, 3), local(8, 23, 59), local(9, 0)])
def test_the_weekend_counts_as_monday_morning(now):
    days = promised(now)

    assert days.arrives_from == date(2026, 3, 10)
    assert days.order_by == local(9, 14)


def test_a_closed_day_counts_for_nothing():
    monday, tuesday = date(2026, 3, 9), date(2026, 3, 10)

    days = promised(local(7, 12), closed={monday, tuesday})

    assert days.order_by == local(11, 14)
    assert days.arrives_from == date(2026, 3, 12)


def test_the_day_is_the_shops_own_and_not_that_of_utc():
    # 23:30 UTC on Monday is half past midnight on Tuesday in Madrid.
    days = promised(datetime(2026, 3, 2, 23, 30, tzinfo=UTC))

    assert days.order_by == local(3, 14)


@pytest.mark.parametrize(("day", "month", "utc_hour"), [(27, 3, 13), (30, 3, 12), (23, 10, 12), (26, 10, 13)])
def test_the_cut_off_stays_at_the_same_hour_of_the_clock_on_the_wall(day, month, utc_hour):
    days = promised(local(day, 9, month=month))

    assert days.order_by == datetime(2026, month, day, utc_hour, tzinfo=UTC)


def test_a_cut_off_at_midnight_is_the_end_of_the_day():
    assert promised(local(2, 23, 59), cutoff=24).order_by == local(3, 0)


def test_a_cut_off_at_zero_means_never_on_the_same_day():
    assert promised(local(2, 0), cutoff=0).order_by == local(3, 0)


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    cutoff=st.integers(0, 24),
    handling=st.integers(0, 5),
    fastest=st.integers(0, 5),
    more=st.integers(0, 5),
    closed=st.sets(st.dates(date(2026, 1, 1), date(2028, 1, 1)), max_size=5),
    weeks=st.tuples(*[st.sets(st.sampled_from("0123456"), min_size=1).map(lambda days: "".join(sorted(days)))] * 2),
)
def test_a_promise_is_always_a_range_of_working_days_ahead(now, cutoff, handling, fastest, more, closed, weeks):
    house, road = Calendar(weeks[0]), Calendar(weeks[1], closed)

    days = promise(now, MADRID, house, road, Pace(cutoff, handling, fastest, fastest + more))

    assert days.order_by > now
    assert now.astimezone(MADRID).date() <= days.arrives_from <= days.arrives_by
    assert road.works_on(days.arrives_from)
    assert road.works_on(days.arrives_by)
    # The hour on the wall, also where the clock was changed in between.
    assert days.order_by.astimezone(MADRID).hour == cutoff % 24


def test_the_house_may_pack_on_days_on_which_nobody_drives():
    saturday = local(7, 9)

    days = promise(saturday, MADRID, Calendar("012345"), Calendar(), Pace(14, 0, 1, 1))

    assert (days.order_by, days.arrives_by) == (local(7, 14), date(2026, 3, 9))


def test_a_promise_holds_until_its_last_moment():
    first = promised(local(6, 15))

    assert promised(local(9, 13, 59)) == first


def test_offers_come_cheapest_first_and_only_to_their_countries(db):
    make_delivery("express", price=990)
    make_delivery("standard", price=490)
    make_delivery("island", price=100, countries=["PT"])
    make_delivery("retired", price=1, is_active=False)

    assert [(offer.code, offer.price) for offer in offers()] == [("standard", 490), ("express", 990)]


def test_delivery_is_free_from_its_sum_on(db):
    make_delivery(price=490, free_from=5000)

    assert [offers(sum)[0].price for sum in (4999, 5000)] == [490, 0]


def test_how_much_is_missing_for_free_delivery(db):
    make_delivery("standard", free_from=5000)
    express = make_delivery("express", price=990)

    assert [found(sum).missing_for_free for sum in (4200, 5000)] == [800, 0]
    express.__class__.objects.exclude(pk=express.pk).delete()
    assert found(5000).missing_for_free is None


def test_offers_know_the_closed_days(db):
    make_delivery(handling_days=0, min_days=1, max_days=1)
    ClosedDay.objects.create(day=date(2026, 3, 3), name="Inventory")

    assert offers()[0].arrives_by == date(2026, 3, 4)


def test_a_holiday_abroad_stops_parcels_to_that_country_alone(db):
    make_delivery(handling_days=0, min_days=1, max_days=1)
    ClosedDay.objects.create(day=date(2026, 3, 3), country="PT")

    assert [offers(country=country)[0].arrives_by.day for country in ("ES", "PT")] == [3, 4]


def test_what_is_set_up_is_read_once_while_the_shop_stays_the_same(db, django_assert_num_queries):
    for code in ("standard", "express", "slow"):
        make_delivery(code)
    assert len(offers()) == 3

    with django_assert_num_queries(1):
        assert len(offers()) == 3
