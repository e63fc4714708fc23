"""In which stage a person is follows from what he did; it changes within a minute, once, and says why."""

from datetime import timedelta

import pytest
from django.db import transaction

from customers import consent
from marketing import events
from marketing.actions import evaluating, measuring, profiles
from marketing.models import Event, Measures, PastOrder, Profile
from marketing.stages import Borders, Facts, fifth_of, quantile, stage_of
from tests.makers import make_variant
from tests.marketing.conftest import ADA, NOW, make_cart
from tests.marketing.orders import make_order


def days_ago(*days: int) -> list:
    return [NOW - timedelta(days=number) for number in sorted(days, reverse=True)]


def person(*days: int, **more) -> Facts:
    return Facts(known_at=NOW - timedelta(days=600), orders=days_ago(*days), **more)


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        (person(seen_at=NOW), "known"),
        (person(is_subscriber=True, seen_at=NOW), "subscriber"),
        (person(is_subscriber=True, cart_at=NOW - timedelta(days=29)), "shopper"),
        (person(cart_at=NOW - timedelta(days=31)), "known"),
        (person(), "sunset"),
        (person(10), "new_buyer"),
        (person(10, 50), "repeat"),
        (person(10, 50, spent_year=90_000), "vip"),
        (person(121), "at_risk"),
        (person(121, 200, spent_year=90_000), "at_risk"),
        (person(241), "lapsed"),
        (person(541), "sunset"),
        (person(541, seen_at=NOW), "lapsed"),
        # Who comes every month is missed sooner than others.
        (person(61, 91, 121, 151), "lapsed"),
        (person(35, 65, 95, 125), "at_risk"),
        (person(29, 59, 89, 119), "repeat"),
    ],
)
def test_the_stage_follows_from_what_is_known(facts, stage):
    found, why = stage_of(facts, Borders(vip_from=80_000), NOW)

    assert found == stage
    assert why.endswith(".")


def test_fifths_and_shares():
    assert [fifth_of(value, [10, 20, 30, 40]) for value in (0, 10, 11, 40, 41)] == [1, 1, 2, 4, 5]
    assert fifth_of(None, [1, 2, 3, 4]) is None
    assert quantile([5, 1, 9], 0.8) == 9


@pytest.mark.django_db
def test_an_order_moves_its_buyer_and_tells_it_once(django_capture_on_commit_callbacks):
    said = []

    def hear(profile_id, before, after, **kwargs):
        said.append((before, after))

    events.stage_changed.connect(hear)
    with django_capture_on_commit_callbacks(execute=True):
        order = make_order()
        profile = profiles.know_buyer(order)
        for _time in range(2):
            evaluating.evaluate(NOW + timedelta(seconds=20))
        profiles.stir([profile.pk])
        evaluating.evaluate(NOW + timedelta(seconds=40))

    profile.refresh_from_db()
    assert (profile.stage, profile.orders_count, profile.spent, profile.spent_year) == ("new_buyer", 1, 4900, 4900)
    assert profile.last_order_at == order.placed_at
    assert profile.dirty_at is None
    assert said == [("known", "new_buyer")]
    assert Event.objects.get(type="stage_changed").text == "known>new_buyer"


@pytest.mark.django_db
def test_a_lost_announcement_is_found_by_the_clock():
    make_order(placed_at=NOW - timedelta(minutes=1))

    evaluating.evaluate(NOW)

    assert Profile.objects.get(email=ADA).stage == "new_buyer"


@pytest.mark.django_db
def test_carts_and_consents_make_shoppers_and_subscribers():
    for email in (ADA, "ben@example.com", "cyd@example.com"):
        profiles.stir([profiles.know(email).pk])
    consent.grant(ADA, "marketing", "email", "Yes.", "checkout")
    consent.grant("cyd@example.com", "marketing", "sms", "Yes.", "checkout")
    consent.suppress("cyd@example.com", "bounced")
    make_cart(email="ben@example.com", variant=make_variant(), hours_ago=24 * 20)

    evaluating.evaluate(NOW)

    assert list(Profile.objects.order_by("email").values_list("stage", flat=True)) == [
        "subscriber", "shopper", "subscriber",
    ]  # fmt: skip


@pytest.mark.django_db
def test_one_person_in_the_way_does_not_stop_the_others():
    ids = [profiles.know(f"{name}@example.com").pk for name in ("ada", "ben", "cyd")]
    profiles.stir(ids)
    # Together more than a column holds: no database can write down what Ben has spent.
    for reference in ("1", "2"):
        PastOrder.objects.create(
            source="old", reference=reference, profile_id=ids[1], value=2**63 - 1, currency="EUR", placed_at=NOW
        )
    consent.grant("cyd@example.com", "marketing", "email", "Yes.", "checkout")
    evaluating.evaluate(NOW)

    assert Profile.objects.get(pk=ids[2]).stage == "subscriber"
    assert Profile.objects.get(pk=ids[1]).orders_count == 0
    assert not Profile.objects.filter(dirty_at__isnull=False).exists()


@pytest.mark.django_db
def test_the_night_measures_buyers_and_finds_who_changed_by_time():
    with transaction.atomic():
        for number in range(40):
            profile = profiles.know(f"p{number}@example.com")
            for order in range(1 + number % 3):
                PastOrder.objects.create(
                    source="old", reference=f"{number}-{order}", profile=profile, value=1000 * (40 - number),
                    currency="EUR", placed_at=NOW - timedelta(days=5 * number + order),
                )  # fmt: skip

    evaluating.check(NOW)
    assert evaluating.check(NOW) == 0

    measures = Measures.objects.first()
    assert (measures.buyers, measures.is_fixed, measures.risk_days) == (40, True, 120)
    newest, oldest = (Profile.objects.get(email=f"p{number}@example.com") for number in (0, 39))
    assert (newest.recency, newest.money, newest.stage) == (5, 3, "new_buyer")
    assert (oldest.recency, oldest.money, oldest.stage) == (1, 1, "at_risk")
    assert Profile.objects.filter(stage="vip").count() == 2
    assert Profile.objects.filter(recency=None).count() == 0


@pytest.mark.django_db
def test_from_two_hundred_buyers_on_their_own_habits_are_the_borders(django_assert_max_num_queries):
    people = Profile.objects.bulk_create(
        Profile(email=f"p{n}@example.com", orders_count=2, first_order_at=NOW, last_order_at=NOW) for n in range(200)
    )
    PastOrder.objects.bulk_create(
        PastOrder(
            source="old", reference=f"{person.email} {at}", profile=person, value=1000, currency="EUR",
            placed_at=NOW - timedelta(days=at * (number % 100 + 1)),
        )
        for number, person in enumerate(people) for at in (0, 1)
    )  # fmt: skip

    with django_assert_max_num_queries(25):
        measures = measuring.measure(NOW)

    assert (measures.is_fixed, measures.risk_days, measures.lapse_days) == (False, 80, 95)
