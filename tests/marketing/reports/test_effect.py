"""A broadcast beside those who were held back of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from marketing.models import Broadcast, Message, Profile, Purchase, Segment, Template, TemplateVersion
from marketing.reports.effect import HELD, groups_of, of_broadcast, of_flow
from marketing.reports.lift import Group
from orders.models import OrderLine
from tests.makers import make_customer
from tests.marketing.conftest import NOW
from tests.marketing.orders import make_order

DAY = timedelta(days=1)


@pytest.fixture
def news(db) -> Broadcast:
    template = Template.objects.create(name="News")
    version = TemplateVersion.objects.create(template=template, number=1, content={})
    segment = Segment.objects.create(slug="all", name="All", rule={})
    return Broadcast.objects.create(
        name="Autumn", segment=segment, template=template, version=version, status="sending", scheduled_at=NOW,
        begins_at=NOW, planned_at=NOW,
    )  # fmt: skip


def turn(news: Broadcast, number: int, status: str = "planned", **fields) -> Profile:
    person = Profile.objects.create(email=f"p{number}@example.com")
    Message.objects.create(
        key=f"b:{number}", broadcast=news, profile=person, address=person.email, language="en", planned_for=NOW,
        deadline=NOW + DAY, status=status, **fields,
    )  # fmt: skip
    return person


def buy(person: Profile, days: float, net: int = 1000) -> None:
    order = make_order(email=person.email, placed_at=NOW + days * DAY)
    OrderLine.objects.create(
        order=order, product_name="Cup", sku="C", kind="physical", unit_price=net, has_tax=False, tax_rate_bp=0,
        net=net, tax=0, gross=net, quantity=1,
    )  # fmt: skip
    Purchase.objects.create(order=order, profile=person)


def test_orders_of_the_fourteen_days_after_a_turn_count(news):
    buy(turn(news, 1, arm="a"), 1)
    twice = turn(news, 2, arm="a")
    buy(twice, 2)
    buy(twice, 13.9, net=500)
    early_and_late = turn(news, 3, arm="b")
    buy(early_and_late, -0.1)
    buy(early_and_late, 14.1)
    buy(turn(news, 4, "skipped", reason="held_out"), 3)
    # He was never to be written to; she was, and got it not.
    turn(news, 5, "skipped", reason="no_consent")
    turn(news, 6, "skipped", reason="too_many", arm="b")

    assert groups_of(of_broadcast(news)) == {
        "a": Group(2, 2, 2500, 1000**2 + 1500**2),
        "b": Group(2, 0, 0, 0),
        HELD: Group(1, 1, 1000, 1000**2),
    }


def test_a_hundred_people_ask_no_more_than_one(news, django_assert_num_queries):
    buy(turn(news, 1), 1)
    with django_assert_num_queries(4):
        groups_of(of_broadcast(news))
    for number in range(2, 9):
        buy(turn(news, number), 1)
    with django_assert_num_queries(4):
        groups_of(of_broadcast(news))


@pytest.mark.parametrize(
    ("written", "held", "says"),
    [
        ((0, 0), (0, 0), "Nobody has had his turn yet."),
        ((60, 9), (0, 0), "Nobody was held back"),
        ((60, 2), (60, 1), "cannot be measured here"),
        ((80, 70), (80, 2), "It is clear that more bought."),
    ],
)
def test_the_page_says_what_can_be_said(client, news, written, held, says):
    Broadcast.objects.update(created_at=NOW - 300 * DAY)
    client.force_login(make_customer("irene@example.com", is_staff=True, is_superuser=True))
    people = [Profile(email=f"p{number}@example.com") for number in range(written[0] + held[0])]
    Profile.objects.bulk_create(people)
    Message.objects.bulk_create(
        Message(
            key=f"b:{number}", broadcast=news, profile=person, address=person.email, language="en", planned_for=NOW,
            deadline=NOW + DAY, status="planned" if number < written[0] else "skipped",
            reason="" if number < written[0] else "held_out",
        )
        for number, person in enumerate(people)
    )  # fmt: skip
    for person in [*people[: written[1]], *people[written[0] : written[0] + held[1]]]:
        order = make_order(email=person.email, placed_at=NOW + DAY)
        Purchase.objects.create(order=order, profile=person)
    text = client.get(reverse("admin:marketing_reports"), {"view": "effect", "of": f"broadcast:{news.pk}"})

    assert says in text.content.decode()


@pytest.mark.parametrize("of", ["", "broadcast:", "broadcast:x", "road:1", "flow:99999999999999999999", "broadcast:0"])
def test_what_is_not_there_is_not_found(client, db, of):
    client.force_login(make_customer("irene@example.com", is_staff=True, is_superuser=True))

    assert client.get(reverse("admin:marketing_reports"), {"view": "effect", "of": of}).status_code == 404


def test_of_a_flow_the_first_way_of_everybody_counts_in_the_arm_of_its_last_test(flow):
    steps = [
        {"id": "s1", "kind": "test", "branches": {"a": [], "b": []}},
        {"id": "s2", "kind": "split", "branches": {}},
    ]
    version = flow.versions.create(number=9, definition={"steps": steps})

    def enrol(number: int, status: str, days: float = 0, **arms) -> Profile:
        person, _new = Profile.objects.get_or_create(email=f"f{number}@example.com")
        flow.enrolments.create(
            version=version, profile=person, key=f"k{number}-{days}", since=NOW, entered_at=NOW + days * DAY,
            status=status, arms=arms, ended_at=None if status == "held_out" else NOW + days * DAY,
            reason="ordered_since" if status in ("exited", "turned_away") else "",
        )  # fmt: skip
        return person

    again = enrol(1, "completed", s1="a", s2="yes")
    enrol(1, "completed", days=8, s1="b")
    enrol(2, "exited")
    enrol(3, "turned_away")
    buy(enrol(4, "held_out"), 2)
    buy(again, 3)

    assert groups_of(of_flow(flow)) == {
        "a": Group(1, 1, 1000, 1000**2),
        "": Group(1, 0, 0, 0),
        HELD: Group(1, 1, 1000, 1000**2),
    }
