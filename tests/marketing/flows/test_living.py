"""Flows as they live: who gets in, who waits, who is held back, and what a pause does."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from customers import consent
from marketing.actions import flows
from marketing.actions.profiles import know
from marketing.actions.reminders import dispatch, plan
from marketing.flows.recipes import RECIPES, begin
from marketing.models import Enrolment, Episode, Event, Flow, FlowVersion, Message, PressurePolicy, Profile
from tests.makers import make_product
from tests.marketing.conftest import ADA, NOW, agree, make_cart, make_flow, make_template, write_step
from tests.marketing.orders import make_order

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SUBSCRIBED = {"kind": "event", "type": "subscribed"}
WAIT = {"id": "w1", "kind": "wait", "amount": 1, "unit": "days"}
NAMED = {"version": 1, "match": "all", "parts": [{"kind": "name", "words": "ada"}]}


def subscribe(email: str = ADA, name: str = "Ada") -> Profile:
    agree(email)
    profile = know(email, name=name)
    Event.objects.filter(profile=profile).delete()
    Event.objects.create(type="subscribed", profile=profile, occurred_at=NOW - timedelta(minutes=1))
    return profile


def two_letters() -> list[dict]:
    template = make_template()
    return [write_step(template, "m1"), WAIT, write_step(template, "m2")]


def state() -> tuple[str, str]:
    row = Enrolment.objects.get()
    return row.status, row.reason


def test_two_letters_a_day_apart_each_once():
    subscribe()
    make_flow(trigger=SUBSCRIBED, steps=two_letters())
    PressurePolicy.objects.update(most=9)

    for moment in (NOW, NOW, NOW + DAY / 2, NOW + DAY, NOW + DAY, NOW + 2 * DAY):
        plan(moment)
        dispatch(moment)

    assert list(Message.objects.order_by("pk").values_list("step", "status")) == [
        ("m1", "handed_over"),
        ("m2", "handed_over"),
    ]
    assert len(mail.outbox) == 2
    assert state() == ("completed", "")


def test_who_does_not_fit_the_conditions_is_not_let_in_and_it_is_kept_why():
    subscribe(name="Ben")
    make_flow(trigger=SUBSCRIBED, conditions=NAMED)

    plan(NOW)

    assert state() == ("turned_away", "conditions")
    assert Enrolment.objects.get().decision["conditions"]["parts"][0]["holds"] is False
    assert not Message.objects.exists()


def test_who_is_held_back_gets_nothing_and_has_a_row():
    for number in range(40):
        subscribe(f"p{number}@example.com")
    make_flow(trigger=SUBSCRIBED, holdout=50)

    plan(NOW)

    held = Enrolment.objects.filter(status="held_out")
    assert 8 < held.count() < 32
    assert not Message.objects.filter(profile__in=held.values("profile")).exists()
    assert Message.objects.count() == 40 - held.count()


def test_after_a_pause_people_go_on_as_much_later_as_it_was_long():
    subscribe()
    flow = make_flow(trigger=SUBSCRIBED, steps=two_letters())
    PressurePolicy.objects.update(most=9)
    plan(NOW)
    dispatch(NOW)

    flows.pause(flow, NOW + DAY / 2)
    plan(NOW + 3 * DAY)
    flows.switch_on(flow, NOW + 3 * DAY)

    plan(NOW + 3 * DAY)
    assert Message.objects.count() == 1
    plan(NOW + 3.5 * DAY)
    assert Message.objects.count() == 2


def test_who_began_a_version_finishes_it_and_a_published_one_never_changes():
    subscribe()
    flow = make_flow(trigger=SUBSCRIBED, steps=two_letters())
    plan(NOW)
    flow.refresh_from_db()
    flows.keep(flow, {**flow.draft, "steps": flow.draft["steps"][:1]}, flow.edition)
    version = flows.publish(flow, None, NOW)

    plan(NOW + DAY)

    assert version.number == 2
    assert Enrolment.objects.get().version.number == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        FlowVersion.objects.update(definition={})


def test_a_retired_flow_lets_everybody_go_and_sends_nothing_more():
    subscribe()
    flow = make_flow(trigger=SUBSCRIBED, steps=two_letters())
    plan(NOW)

    assert flows.retire(flow, NOW) == 1
    assert dispatch(NOW + DAY) == plan(NOW + DAY) == 0
    assert state() == ("exited", "flow_retired")
    assert Message.objects.get().reason == "flow_retired"


def test_of_one_episode_only_the_flow_of_the_deepest_step_writes(blanket):
    agree()
    make_flow(name="Carts", reentry=0)
    make_flow(trigger={"kind": "checkout", "idle": 60, "late": 72}, name="Checkouts")
    # A guest whose address is known typed it at the checkout.
    make_cart(variant=blanket)

    plan(NOW)

    assert [row.flow.name for row in Enrolment.objects.all()] == ["Checkouts"]


def test_who_looked_around_is_written_to_unless_he_went_further():
    goods = make_product("Wool blanket")
    for email, step in ((ADA, Episode.Step.BROWSE), ("ben@example.com", Episode.Step.CART)):
        agree(email)
        person, at = know(email), NOW - timedelta(hours=25)
        Episode.objects.create(profile=person, step=step, started_at=at, active_at=at)
        Event.objects.create(type="product_viewed", profile=person, product=goods, occurred_at=at)
    make_flow(trigger={"kind": "browse", "idle": 1440, "late": 72})

    plan(NOW)

    [row] = Enrolment.objects.all()
    assert (row.profile.email, row.product) == (ADA, goods)


@pytest.mark.parametrize("payment_status", ["paid", "refunded"])
def test_a_week_after_it_came_unless_it_went_back(payment_status):
    agree()
    person = know(ADA)
    order = make_order(placed_at=NOW - timedelta(days=12), payment_status=payment_status, paid_at=NOW)
    Event.objects.create(type="order_delivered", profile=person, order=order, occurred_at=NOW - timedelta(days=7.01))
    make_flow(trigger={"kind": "delivered", "days": 7})

    plan(NOW)

    kept = payment_status == "paid"
    assert Message.objects.count() == kept
    assert state() == (("completed", "") if kept else ("exited", "given_back"))


def test_a_birthday_is_remembered_in_the_morning_once_a_year():
    agree()
    know(ADA)
    Profile.objects.update(birthday="1990-11-20")
    make_flow(trigger={"kind": "birthday", "days": 0}, reentry=300)

    for hours in (-10, -7, 0, 2):
        plan(NOW + timedelta(hours=hours))

    assert Message.objects.count() == 1
    assert Enrolment.objects.get().since == NOW.replace(hour=8)


def test_without_a_goal_reached_or_consent_withdrawn_nothing_stops_but_with_it_everything_does():
    subscribe()
    make_flow(trigger=SUBSCRIBED, steps=two_letters())
    plan(NOW)
    consent.withdraw(ADA, "unsubscribe")

    assert dispatch(NOW) == 0
    assert Message.objects.get().reason == "no_consent"


def test_every_ready_made_flow_can_be_switched_on_as_it_is():
    for recipe in RECIPES.values():
        flows.switch_on(begin(recipe), NOW)

    assert Flow.objects.filter(status="live").count() == len(RECIPES) == 13
    subjects = [row.templates.first().newest.content["head"]["subject"] for row in FlowVersion.objects.all()]
    assert all(words.keys() == {"en", "es", "ru"} for words in subjects)
