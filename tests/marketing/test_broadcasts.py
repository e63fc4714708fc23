"""A broadcast goes to everybody it is meant for, at his moment, once; and says why the others got nothing."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from customers import consent, mail
from customers.letters import Letter
from customers.models import Mail
from marketing import tokens
from marketing.actions import broadcasts, templates
from marketing.broadcasts.hours import best_hour
from marketing.broadcasts.letters import draw
from marketing.broadcasts.times import at_best_hour, by_his_clock
from marketing.models import Broadcast, Coupon, Message, Profile
from orders.models import PromotionCode
from tests.customers.conftest import smtp  # noqa: F401
from tests.makers import make_product, make_promotion, make_variant
from tests.marketing.casting import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    make_broadcast,
    make_letter,
    make_people,
    planned,
    states_of,
)

pytestmark = pytest.mark.django_db
THEN = NOW + HOUR
Status = Broadcast.Status
MADRID, TOKYO, NEW_YORK = ZoneInfo("Europe/Madrid"), ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")


def test_everybody_gets_one_letter_with_his_name_and_the_broadcast_is_done():
    broadcast = planned(make_people(3))

    assert broadcasts.send(THEN) == 3
    assert broadcasts.send(THEN) == 0
    broadcasts.end(THEN)

    assert sorted(letter.subject for letter in outbox.outbox) == ["News for Name0", "News for Name1", "News for Name2"]
    letter = outbox.outbox[0]
    assert f"broadcast-{broadcast.pk}" not in letter.body and "QvnamevQ" not in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    broadcast.refresh_from_db()
    assert broadcast.status == Status.DONE
    assert {rule["rule"] for rule in broadcast.messages.first().decision["claimed"]["rules"]} >= {
        "no_consent",
        "too_many",
    }


def test_it_is_not_done_while_a_message_is_open():
    broadcast = planned(make_people(2))
    open_one = broadcast.messages.first()
    Message.objects.filter(pk=open_one.pk).update(planned_for=THEN + HOUR)

    broadcasts.send(THEN)
    broadcasts.end(THEN)

    broadcast.refresh_from_db()
    assert broadcast.status == Status.SENDING


def test_who_is_left_out_has_a_row_that_says_why():
    agreed = make_people(2)
    silent = make_people(1, agreed=False)[0]
    barred = make_people(1)[0]
    consent.suppress(barred.email, "bounced")

    broadcast = planned([*agreed, silent, barred], holdout=0)

    assert states_of(broadcast) == {
        agreed[0].email: "planned",
        agreed[1].email: "planned",
        silent.email: "skipped no_consent",
        barred.email: "skipped suppressed",
    }


def test_the_held_out_are_the_same_in_every_edition_and_get_nothing():
    people = make_people(40)
    first = planned(people, holdout=50, repeat_days=7)
    broadcasts.send(THEN)
    broadcasts.follow_on(THEN)
    broadcasts.plan(THEN + 7 * DAY)

    held = [
        {a for a, state in states_of(one).items() if state == "skipped held_out"} for one in Broadcast.objects.all()
    ]
    assert len(held) == 2
    assert held[0] == held[1]
    assert 8 < len(held[0]) < 32
    assert not held[0] & {letter.to[0] for letter in outbox.outbox}
    assert first.messages.count() == 40


def test_planning_carries_on_where_it_was_killed_and_writes_nobody_twice(monkeypatch):
    people = make_people(7)
    monkeypatch.setattr("marketing.actions.broadcasts.planning.BATCH", 3)
    broadcast = make_broadcast(people)
    Broadcast.objects.filter(pk=broadcast.pk).update(status=Status.PLANNING, planned_up_to=people[2].pk)

    assert broadcasts.plan(THEN) == 4
    Broadcast.objects.filter(pk=broadcast.pk).update(status=Status.PLANNING, planned_up_to=0)

    assert broadcasts.plan(THEN) == 3
    assert broadcast.messages.count() == 7


def test_planning_asks_as_much_for_many_as_for_few():
    asked = []
    for number in (2, 30):
        make_broadcast(make_people(number))
        with CaptureQueriesContext(connection) as queries:
            broadcasts.plan(THEN)
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 25


@pytest.mark.parametrize("hours", [2, 30])
def test_what_begins_an_hour_late_is_missed_and_never_sent(hours):
    broadcast = make_broadcast(make_people(2))

    broadcasts.plan(THEN + hours * HOUR)
    broadcasts.end(THEN + hours * HOUR)
    broadcasts.send(THEN + hours * HOUR)

    broadcast.refresh_from_db()
    assert broadcast.status == Status.MISSED
    assert not broadcast.messages.filter(status=Message.Status.PLANNED).exists()
    assert outbox.outbox == []


def test_whose_deadline_is_over_gets_nothing():
    broadcast = planned(make_people(2), deadline_hours=3)

    broadcasts.send(THEN + 4 * HOUR)

    assert set(states_of(broadcast).values()) == {"skipped too_late"}
    assert outbox.outbox == []


def test_who_unsubscribes_after_planning_gets_nothing():
    people = make_people(2)
    broadcast = planned(people)

    consent.withdraw(people[0].email, "unsubscribe")
    broadcasts.send(THEN)

    assert states_of(broadcast) == {people[0].email: "skipped no_consent", people[1].email: "handed_over"}


def test_paused_nothing_leaves_and_resumed_all_of_it():
    broadcast = planned(make_people(2))

    assert broadcasts.pause(broadcast)
    assert broadcasts.send(THEN) == 0
    assert broadcasts.resume(broadcast)
    assert broadcasts.send(THEN) == 2
    assert not broadcasts.resume(broadcast)


def test_called_off_nothing_leaves_and_every_row_says_so():
    broadcast = planned(make_people(2))

    assert broadcasts.call_off(broadcast, THEN)

    assert broadcasts.send(THEN) == 0
    assert set(states_of(broadcast).values()) == {"skipped called_off"}
    assert not broadcasts.call_off(broadcast, THEN)


def test_no_more_leave_in_an_hour_than_the_limit():
    broadcast = planned(make_people(9), throttle=120)

    assert broadcasts.send(THEN) == 2
    assert broadcasts.send(THEN + 30 * timedelta(seconds=1)) == 0
    assert broadcasts.send(THEN + 2 * MINUTE) == 2
    Broadcast.objects.filter(pk=broadcast.pk).update(throttle=5)
    later = [broadcasts.send(THEN + n * MINUTE) for n in range(4, 50, 2)]
    assert sum(later) == 1


def test_each_gets_a_code_of_his_own_for_one_use():
    promotion = make_promotion("OPEN")
    people = make_people(2)
    template = make_letter()
    template.draft["blocks"].append({"id": "c", "kind": "coupon", "values": {"promotion": str(promotion.pk)}})
    template.save()
    templates.publish(template, None, NOW)
    planned(people, template=template)

    broadcasts.send(THEN)

    codes = list(PromotionCode.objects.filter(promotion=promotion, batch__startswith="broadcast"))
    assert len(codes) == Coupon.objects.count() == 2
    assert all(code.limit == 1 for code in codes)
    by_address = {coupon.message.address: coupon.code.code for coupon in Coupon.objects.all()}
    assert all(by_address[letter.to[0]] in letter.body for letter in outbox.outbox)


def test_only_so_many_are_written_to_as_there_are_pieces_and_none_once_it_is_sold_out():
    variant = make_variant(make_product("Blanket"), stock=2)
    broadcast = planned(make_people(8), product=variant.product, orders_in_hundred=50)

    assert sorted(states_of(broadcast).values()) == ["planned"] * 4 + ["skipped stock_cap"] * 4
    variant.levels.update(on_hand=0)
    broadcasts.send(THEN)

    assert sorted(states_of(broadcast).values()) == ["skipped sold_out"] * 4 + ["skipped stock_cap"] * 4
    assert outbox.outbox == []


def test_two_letters_are_compared_on_people_who_stay_in_their_part():
    people = make_people(30)
    broadcast = planned(people, rival=make_letter("Other news"), rival_share=50)

    broadcasts.send(THEN)

    subjects = {letter.to[0]: letter.subject for letter in outbox.outbox}
    arms = dict(broadcast.messages.values_list("address", "arm"))
    assert {subject == "Other news" for subject in subjects.values()} == {True, False}
    assert all((subjects[address] == "Other news") == (arm == "b") for address, arm in arms.items())


def test_it_says_what_the_letter_said_when_it_was_scheduled():
    template = make_letter("First words")
    broadcast = make_broadcast(make_people(1), template=template)
    template.draft["head"]["subject"] = {"en": "Later words"}
    template.save()
    templates.publish(template, None, NOW)

    broadcasts.plan(THEN)
    broadcasts.send(THEN)

    assert [letter.subject for letter in outbox.outbox] == ["First words"]
    assert broadcast.messages.get().version.number == 1


def test_what_is_not_ready_is_not_scheduled_and_says_why():
    broadcast = make_broadcast(make_people(1), scheduled=False, scheduled_at=NOW - DAY, channel="push")
    broadcast.template.versions.all().delete()

    with pytest.raises(broadcasts.NotReady) as refusal:
        broadcasts.schedule(broadcast, NOW)

    assert len(refusal.value.reasons) == 3
    broadcast.refresh_from_db()
    assert broadcast.status == Status.DRAFT


def test_post_about_orders_goes_ahead():
    planned(make_people(2))
    mail.queue("order:1", "buyer@example.com", Letter("Your order", "text", "<p>html</p>"))
    Mail.objects.update(due_at=THEN)

    broadcasts.send(THEN)

    assert [letter.to[0] for letter in outbox.outbox][0] == "buyer@example.com"
    assert len(outbox.outbox) == 3


def test_a_series_has_its_next_edition_once_however_often_the_clock_ticks():
    broadcast = planned(make_people(1), repeat_days=7, scheduled_at=NOW + HOUR)

    assert [broadcasts.follow_on(THEN) for _tick in range(3)] == [1, 0, 0]

    edition = Broadcast.objects.get(series=broadcast)
    assert edition.status == Status.SCHEDULED
    assert edition.scheduled_at == broadcast.scheduled_at + 7 * DAY


def test_the_same_hour_by_each_clock_across_clock_changes():
    summer = datetime(2026, 10, 24, 7, tzinfo=UTC)

    assert by_his_clock(summer, MADRID, TOKYO).astimezone(TOKYO).strftime("%d %H:%M") == "24 09:00"
    # In New York the 8th of March 2026 has no half past two; on 1 November it has two of half past one.
    assert by_his_clock(datetime(2026, 3, 8, 1, 30, tzinfo=UTC), MADRID, NEW_YORK).hour == 7
    assert by_his_clock(datetime(2026, 11, 1, 0, 30, tzinfo=UTC), MADRID, NEW_YORK).hour == 5
    assert at_best_hour(summer, NEW_YORK, 20).astimezone(NEW_YORK).strftime("%d %H:%M") == "24 20:00"


def test_a_person_is_written_to_at_his_own_hour():
    here, there = make_people(1, time_zone="Europe/Madrid")[0], make_people(1, time_zone="America/New_York")[0]
    broadcast = make_broadcast([here, there], timing="local")

    broadcasts.plan(THEN)

    moments = dict(broadcast.messages.values_list("address", "planned_for"))
    assert moments == {here.email: THEN, there.email: THEN + 6 * HOUR}


def test_one_visit_at_night_makes_nobody_an_owl_and_twenty_do():
    evenings = [0.0] * 18 + [0.2, 0.3, 0.3, 0.2] + [0.0] * 2

    assert best_hour({}, evenings) in (19, 20)
    assert best_hour({3: 1}, evenings) in (19, 20)
    assert best_hour({3: 20}, evenings) == 3


@pytest.mark.parametrize("mood", ["451", "slam"])
def test_a_server_that_wants_nothing_now_is_left_in_peace_and_no_letter_is_lost(smtp, mood):  # noqa: F811
    people = make_people(6)
    broadcast = planned(people)
    smtp.mood = mood

    assert broadcasts.send(THEN) == 0
    assert set(states_of(broadcast).values()) == {"planned"}
    smtp.mood = "kind"
    broadcasts.send(THEN + 11 * MINUTE)

    assert set(states_of(broadcast).values()) == {"handed_over"}
    assert len(smtp.taken) == 6


def test_a_line_that_breaks_leaves_one_in_doubt_and_is_opened_again(smtp):  # noqa: F811
    broadcast = planned(make_people(3))
    smtp.mood = "hang up after data"

    broadcasts.send(THEN)

    assert set(states_of(broadcast).values()) == {"in_doubt no_answer"}
    assert smtp.taken == []


@pytest.mark.parametrize(
    "subject", ["News for {{ name }}", "{% if name == 'Ada' %}You{% else %}{{ name | upcase }}{% endif %}"]
)
def test_a_letter_from_a_plate_is_the_one_that_is_drawn_for_somebody_alone(subject, time_machine):
    # Links that are signed tell the second in which they were.
    time_machine.move_to(THEN, tick=False)
    people = make_people(5)
    for person, name in zip(people, ["Ada", "<b>&amp;", "O'\"Neil {{ shop }}", "QvleavevQ", ""], strict=True):
        Profile.objects.filter(pk=person.pk).update(name=name)
    template = make_letter(
        subject, text={"text": {"en": "Hello{% if name != '' %} {{ name }}{% endif %} of {{ shop }}"}}
    )
    broadcast = planned(people, template=template)

    broadcasts.send(THEN)

    sent = {letter.to[0]: letter for letter in outbox.outbox}
    for message in broadcast.messages.select_related("profile__customer", "version"):
        drawn = draw(message, {}, THEN)
        assert (sent[message.address].subject, sent[message.address].body) == (drawn.subject, drawn.text)
        assert sent[message.address].alternatives[0].content == drawn.html
    assert "/follow/" in sent[people[0].email].body


def test_a_click_leads_to_the_shop_and_is_noted(client):
    broadcast = planned(make_people(1))
    broadcasts.send(THEN)
    message = broadcast.messages.get()

    with translation.override("en"):
        answer = client.get(reverse("follow", args=[tokens.follow_token(message, "https://example.com/sale")]))

    assert answer["Location"] == "https://example.com/sale"
    message.refresh_from_db()
    assert message.clicked_at is not None
