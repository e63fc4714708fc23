"""A rule has one meaning: the query over all people and the answer for one person always agree."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from marketing import segments
from marketing.models import Profile
from marketing.segments.evaluating import needs_of
from marketing.segments.people import people_of
from tests.marketing import crowd
from tests.marketing.crowd import NOW
from tests.marketing.rules import conditions, rules

pytestmark = pytest.mark.django_db
EXAMPLES = 70


@pytest.fixture
def world():
    world = crowd.make_world()
    crowd.populate(24, world, Random(7))  # noqa: S311 - invented people, no secret
    return world


def both(data: dict, now=NOW) -> tuple[set[int], set[int]]:
    """Who fits by SQL, and who fits one by one."""
    rule = segments.read(data)
    people = people_of(Profile.objects.values_list("pk", flat=True), needs_of(rule), now)
    by_one = {pk for pk, person in people.items() if segments.evaluate(rule, person, now)}
    assert by_one == {pk for pk, person in people.items() if segments.explain(rule, person, now).holds}
    return set(segments.compile(rule, now).values_list("pk", flat=True)), by_one


def test_all_and_one_by_one_agree_on_every_kind_of_condition(world):
    @seed(11)
    @settings(max_examples=4, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def agree(data):
        told = data.draw(kind_of)
        by_sql, by_one = both({"version": 1, "match": "all", "parts": [told]})
        assert by_sql == by_one, told

    for code in segments.KINDS:
        kind_of = conditions(world, code)
        agree()


def test_all_and_one_by_one_agree_on_nested_rules(world):
    @seed(12)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(data=rules(world))
    def agree(data):
        by_sql, by_one = both(data)
        assert by_sql == by_one

    agree()
