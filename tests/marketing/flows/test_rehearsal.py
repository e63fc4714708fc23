"""A rehearsal says what would have happened, by the machine that runs flows live, and changes nothing."""

from datetime import timedelta
from functools import partial
from operator import itemgetter

import pytest
from django.core import mail

from customers.models import Consent
from marketing.actions import rehearsing
from marketing.actions.profiles import know
from marketing.actions.reminders import plan
from marketing.flows.definition import Definition
from marketing.flows.rehearsal import rehearse
from marketing.flows.triggers import Span
from marketing.models import Enrolment, Event, Flow, Message, Purchase
from tests.makers import make_promotion
from tests.marketing.conftest import NOW, make_flow, make_template, write_step
from tests.marketing.orders import make_order

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SUBSCRIBED = {"kind": "event", "type": "subscribed"}
WAIT = {"id": "w1", "kind": "wait", "amount": 2, "unit": "days"}


def somebody(number: int, days_ago: float, agreed: bool = True):
    person = know(f"p{number}@example.com")
    at = NOW - days_ago * DAY
    if agreed:
        Consent.objects.create(
            email=person.email, purpose="marketing", channel="email", status="granted", wording="w", source="s",
            created_at=at - DAY,
        )  # fmt: skip
    Event.objects.filter(profile=person).delete()
    return person, at


def happened(type: str, person, at, **facts) -> Event:
    return Event.objects.create(type=type, profile=person, occurred_at=at, **facts)


def bought(person, at) -> None:
    Purchase.objects.create(order=make_order(email=person.email, placed_at=at), profile=person)


def two_letters(template=None) -> list[dict]:
    template = template or make_template()
    return [write_step(template, "m1"), WAIT, write_step(template, "m2")]


def told(flow: Flow, days: int = 90) -> dict:
    return rehearse(Definition.read(flow.draft), flow.pk, flow.holdout, Span(NOW - days * DAY, NOW))


def test_who_when_and_who_had_bought_before():
    for number in range(3):
        happened("subscribed", *somebody(number, 10 + number))
    happened("subscribed", *somebody(3, 20, agreed=False))
    happened("subscribed", *somebody(4, 100))
    person, at = somebody(5, 30)
    happened("subscribed", person, at)
    bought(person, at + DAY)
    flow = make_flow(trigger={**SUBSCRIBED}, steps=two_letters(), goal="order_placed")

    result = told(flow)

    assert (result["occasions"], result["entered"], result["messages"]) == (5, 5, 7)
    assert result["steps"] == {"m1": 4, "m2": 3}
    assert result["unwelcome"] == {"m1": 1, "m2": 1}
    assert (result["bought_after"], result["revenue"]) == (1, {"EUR": 4900})
    assert sum(result["days"].values()) == 7


def test_a_cart_of_then_is_found_in_the_log_and_who_ordered_first_is_counted():
    for number, hours in ((0, 2), (1, 6)):
        person, at = somebody(number, 10)
        happened("added_to_cart", person, at)
        bought(person, at + timedelta(hours=hours))
    steps = [{"id": "w0", "kind": "wait", "amount": 3, "unit": "hours"}, *two_letters()]
    flow = make_flow(steps=steps, trigger={"kind": "cart", "idle": 240, "late": 72})

    result = told(flow)

    # The first one ordered before the cart counted as left, the second one before the message.
    assert (result["entered"], result["bought_before"], result["messages"]) == (1, 1, 0)
    assert result["left"] == {"ordered_since": 1}


def test_live_and_rehearsed_it_is_the_same():
    flow = make_flow(trigger=SUBSCRIBED, steps=two_letters(), goal="order_placed", holdout=30)
    flow.live_since = NOW - 60 * DAY
    flow.save()
    facts = []
    for number in range(20):
        person, at = somebody(number, 6 - number / 10)
        facts.append((at, partial(happened, "subscribed", person, at)))
        if number % 3 == 0:
            facts.append((at + DAY, partial(bought, person, at + DAY)))

    # Day by day, as it happened, with a worker that comes four times a day and letters that leave at once.
    for moment in (NOW + DAY * (number / 4 - 7) for number in range(29)):
        while facts and min(facts, key=itemgetter(0))[0] <= moment:
            fact = min(facts, key=itemgetter(0))
            facts.remove(fact)
            fact[1]()
        plan(moment)
        Message.objects.filter(status="planned").update(status="handed_over", handed_over_at=moment, claimed_at=moment)

    rehearsed, rows = told(flow, 7), Enrolment.objects.all()
    assert rehearsed["held_out"] == rows.filter(status="held_out").count() > 0
    assert rehearsed["entered"] == rows.exclude(status="held_out").count()
    assert rehearsed["completed"] == rows.filter(status="completed").count()
    assert rehearsed["steps"] == {step: Message.objects.filter(step=step).count() for step in ("m1", "m2")}


def test_what_a_code_would_have_cost_and_nothing_is_written():
    code = {"id": "c", "kind": "coupon", "values": {"promotion": str(make_promotion("TEN", percent=10).pk)}}
    template = make_template({"head": {"subject": {"en": "x"}}, "blocks": [code]})
    person, at = somebody(0, 10)
    happened("subscribed", person, at)
    bought(person, at + DAY)
    flow = make_flow(trigger=SUBSCRIBED, steps=[write_step(template)])

    rehearsal = rehearsing.ask(flow, 90, None, NOW)
    rehearsing.work_out(rehearsal)

    rehearsal.refresh_from_db()
    assert rehearsal.status == "done"
    assert (rehearsal.result["coupons"], rehearsal.result["coupon_cost"]) == (1, {"EUR": 490})
    assert not Message.objects.exists() and not Enrolment.objects.exists() and mail.outbox == []
