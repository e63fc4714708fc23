"""Who is in a segment: kept by what happens, by the rule and by the clock, and the same by night."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketing import events, segments
from marketing.actions import segments as desk
from marketing.models import Profile, Segment, SegmentMembership
from marketing.queries.segments import figures, segments_of
from marketing.segments.measuring import needed, smallest_goal
from orders.promotions import segments as socket
from orders.promotions.tallies import Buyer
from tests.makers import make_customer, make_promotion
from tests.marketing.conftest import agree
from tests.marketing.crowd import NOW, buy, make_event, make_profile

pytestmark = pytest.mark.django_db
EVER = {"when": "ever"}


def orders(compare: str = "at-least", number: int = 1, days: int = 0) -> dict:
    when = {"when": "within", "days": days} if days else EVER
    return {"kind": "orders", "count": {"compare": compare, "number": number}, "when": when}


def rule(*parts: dict, match: str = "all") -> dict:
    return {"version": 1, "match": match, "parts": list(parts)}


def make_segment(*parts: dict, name: str = "Buyers", now=NOW, **fields) -> Segment:
    segment = Segment.objects.create(name=name, slug=name.lower(), **fields)
    desk.save_rule(segment, segments.check(rule(*parts)))
    desk.bring_in_step(segment, now)
    return segment


def inside(segment: Segment) -> set[str]:
    people = SegmentMembership.objects.filter(segment=segment, until=None)
    return set(people.values_list("profile__email", flat=True))


@pytest.fixture
def ada(db):
    return make_profile("ada@example.com", name="Ada Lovelace")


@pytest.fixture
def ben(db):
    return make_profile("ben@example.com")


@pytest.fixture
def told(monkeypatch):
    """What was announced."""
    heard = []
    listener = lambda sender, segment_id, entered, left, **kw: heard.append((segment_id, entered, left))  # noqa: E731
    events.segment_changed.connect(listener, weak=False)
    yield heard
    events.segment_changed.disconnect(listener)


def test_whoever_something_happened_to_joins_and_leaves_and_it_is_told_once(
    ada, ben, told, django_capture_on_commit_callbacks
):
    segment = make_segment(orders())
    order = buy(ada)

    with django_capture_on_commit_callbacks(execute=True):
        first, again = desk.settle([ada.pk, ben.pk], NOW), desk.settle([ada.pk, ben.pk], NOW)
    order.status = "cancelled"
    order.save(update_fields=["status"])
    with django_capture_on_commit_callbacks(execute=True):
        desk.settle([ada.pk], NOW + timedelta(minutes=1))

    segment.refresh_from_db()
    assert (first, again, segment.size) == (1, 0, 0)
    assert told == [(segment.pk, [ada.pk], []), (segment.pk, [], [ada.pk])]
    assert SegmentMembership.objects.get().until == NOW + timedelta(minutes=1)


def test_settling_many_people_costs_as_many_queries_as_settling_one(ada, ben):
    make_segment(orders(), name="One")
    make_segment(orders(number=2), name="Two")
    crowd = [make_profile().pk for _each in range(20)]

    asked = []
    for people in ([ada.pk], crowd):
        with CaptureQueriesContext(connection) as counted:
            desk.settle(people, NOW)
        asked.append(len(counted))

    # PostgreSQL is also told how to join, and told again how it was.
    assert asked == ([4, 4] if connection.vendor == "sqlite" else [14, 14])


def test_a_window_that_runs_out_lets_people_go_without_anything_happening(ada):
    segment = make_segment(orders(days=30))
    buy(ada, at=NOW)

    desk.settle([ada.pk], NOW)
    assert inside(segment) == {"ada@example.com"}
    desk.keep(NOW + timedelta(days=30))
    assert inside(segment) == {"ada@example.com"}
    desk.keep(NOW + timedelta(days=30, microseconds=1))
    assert inside(segment) == set()


def test_the_nightly_check_finds_nothing_after_ordinary_days_and_mends_what_was_broken_by_hand(ada, ben):
    segment = make_segment(orders())
    make_segment({"kind": "segment", "how": "is-not", "segment": "buyers"}, name="Others")
    buy(ada)
    desk.settle([ada.pk], NOW)

    assert desk.check(NOW) == 0
    SegmentMembership.objects.filter(segment=segment).delete()
    assert desk.check(NOW) == 1
    assert inside(segment) == {"ada@example.com"}


def test_a_changed_rule_changes_those_who_ask_for_the_segment(ada, ben):
    segment = make_segment(orders())
    others = make_segment({"kind": "segment", "how": "is-not", "segment": "buyers"}, name="Others")
    assert inside(others) == {"ada@example.com", "ben@example.com"}

    desk.save_rule(segment, segments.check(rule({"kind": "name", "words": "ada"})))
    desk.keep(NOW)

    assert (inside(segment), inside(others)) == ({"ada@example.com"}, {"ben@example.com"})


def test_segments_that_ask_for_each_other_are_refused(db):
    first = make_segment(orders())
    second = make_segment({"kind": "segment", "how": "is", "segment": "buyers"}, name="Second")
    circle = segments.check(rule({"kind": "segment", "how": "is", "segment": "second"}))

    with pytest.raises(desk.MakesCircle):
        desk.save_rule(first, circle)

    first.refresh_from_db()
    assert first.rule == segments.write(segments.check(rule(orders()))), second


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "could not be read"),
        ({"match": "all", "parts": []}, "no condition yet"),
        ({"match": "all", "parts": [{"kind": "shoe-size"}]}, "could not be read"),
        ({"match": "all", "parts": [orders(number="many")]}, "say how often"),
        ({"match": "all", "parts": [orders(days=100_000)]}, "number of days"),
        ({"match": "all", "parts": [{"kind": "name", "words": ""}]}, "type a word"),
        ({"match": "all", "parts": [{"kind": "language", "how": "is", "values": []}]}, "tick at least one"),
        ({"match": "all", "parts": [orders()] * 41}, "40 conditions"),
        (
            {"match": "all", "parts": [{"match": "any", "parts": [{"match": "any", "parts": [{"match": "any", "parts": [
                {"match": "any", "parts": [orders()]}]}]}]}]},
            "4 deep",
        ),
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused_in_a_sentence(db, data, sentence):
    with pytest.raises(segments.Unfit, match=sentence):
        segments.check(data)


def test_a_promotion_asks_by_the_account_and_not_by_an_address_that_anybody_may_type(ada, django_assert_num_queries):
    make_segment(orders())
    ada.customer = make_customer("ada@example.com")
    ada.save()
    buy(ada)
    desk.settle([ada.pk], NOW)

    with django_assert_num_queries(1):
        known = socket.of(Buyer(email="ada@example.com", customer=ada.customer_id))

    assert (known, socket.of(Buyer(email="ada@example.com"))) == ({"buyers"}, frozenset())
    assert segments_of(ada) == {"buyers"}
    assert ("buyers", "Buyers") in socket.choices()


def test_a_segment_that_something_names_stays(ada):
    segment = make_segment(orders())
    make_promotion(segment="buyers", name="Thanks")

    with pytest.raises(desk.InUse, match="Thanks"):
        desk.remove(segment)

    assert Segment.objects.filter(pk=segment.pk).exists()


def test_a_frozen_list_stays_as_it_was(ada, ben):
    segment = make_segment(orders())
    buy(ada)
    frozen = desk.freeze(segment, "November", NOW)

    buy(ben)
    desk.settle([ada.pk, ben.pk], NOW)
    desk.check(NOW)

    assert (inside(segment), inside(frozen)) == ({"ada@example.com", "ben@example.com"}, {"ada@example.com"})


def test_numbers_tell_money_after_refunds_by_currency_and_whom_we_may_write_to(ada, ben):
    buy(ada, amount=5000, back=2000)
    buy(ada, amount=700, currency="USD")
    buy(ben, at=NOW - timedelta(days=400))
    agree("ada@example.com")

    found = figures(Profile.objects.all(), NOW + timedelta(days=9))

    assert (found.size, found.buyers, found.value) == (2, 1, [("EUR", 3000), ("USD", 700)])
    assert [number for label, number in found.reach if label == "e-mail"] == [1]


def test_one_person_is_explained_with_what_was_seen(ada):
    asked = segments.check(rule(orders(number=2), {"kind": "name", "words": "ada"}, match="any"))
    buy(ada)
    make_event(ada)

    verdict = segments.explain(asked, segments.person_of(asked, ada.pk, NOW), NOW)

    assert verdict.holds
    assert [(part.holds, part.seen) for part in verdict.parts] == [(False, "1 time"), (True, "Ada Lovelace")]


@pytest.mark.parametrize(
    ("base", "goal", "holdout", "people"),
    [(0.08, 0.10, 0.5, 6426), (0.08, 0.10, 0.2, 10271), (0.08, 0.11, 0.1, 8668), (0.01, 0.013, 0.05, 217750)],
)
def test_how_many_people_it_takes_to_see_a_rise(base, goal, holdout, people):
    assert abs(needed(base, goal, holdout) - people) <= 1
    assert smallest_goal(people + 1, base, holdout) == pytest.approx(goal, abs=1e-4)
