"""Broadcasts in the back office: made, looked at, scheduled after a question, held, called off, found in a month."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketing.actions import broadcasts
from marketing.models import Broadcast
from tests.customers.office import clerk_with
from tests.makers import make_customer
from tests.marketing.casting import make_broadcast, make_letter, make_list, make_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    owner = make_customer("owner@example.com", is_staff=True, is_superuser=True)
    client.force_login(owner)
    return owner


def page(one: Broadcast, name: str = "change", *more) -> str:
    return reverse(f"admin:marketing_broadcast_{name}", args=[one.pk, *more])


def make(number: int = 3, **fields) -> Broadcast:
    """A draft for in two hours; one of its people did not agree."""
    people = [*make_people(number), *make_people(1, agreed=False)]
    moment = timezone.now() + timedelta(hours=2)
    return make_broadcast(people, scheduled=False, scheduled_at=moment, **fields)


def test_a_marketer_makes_one_looks_at_it_and_schedules_it(client, owner):
    segment, letter = make_list(make_people(3)), make_letter()
    form = {
        "name": "Autumn", "segment": segment.pk, "channel": "email", "template": letter.pk, "timing": "local",
        "scheduled_at_0": "2099-11-24", "scheduled_at_1": "10:00", "deadline_hours": "12", "repeat_days": "0",
        "holdout": "0", "rival_share": "50", "orders_in_hundred": "2", "throttle": "",
    }  # fmt: skip
    shown = client.post(reverse("admin:marketing_broadcast_add"), form, follow=True).content.decode()
    one = Broadcast.objects.get()
    assert one.author == owner
    assert "Would get it now" in shown
    assert "News for Ada" in shown

    asked = client.get(page(one, "step", "schedule")).content.decode()
    assert "goes to 3 people of “List”" in asked
    assert Broadcast.objects.get().status == "draft"
    client.post(page(one, "step", "schedule"))

    one.refresh_from_db()
    assert one.status == "scheduled"
    assert client.get(page(one) + "?edit=1").content.decode().count("Call off") == 1
    listed = client.get(reverse("admin:marketing_broadcast_changelist")).content.decode()
    assert "Autumn" in listed


def test_the_exact_list_says_who_gets_nothing_and_why_on_the_page_and_in_the_file(client, owner):
    one = make()

    shown = client.get(page(one, "people")).content.decode()
    found = client.get(page(one, "people") + "?q=p3").content.decode()
    lines = b"".join(client.get(page(one, "file")).streaming_content).decode().splitlines()

    assert "no consent" in shown
    assert "Nothing is written yet" in shown
    assert "p3@example.com" in found and "p1@example.com" not in found
    assert len(lines) == 5
    assert lines[4].startswith("p3@example.com,") and lines[4].endswith("no consent")


def test_it_is_held_and_called_off_from_its_page_with_the_numbers_shown(client, owner):
    one = make()
    broadcasts.schedule(one, timezone.now())
    Broadcast.objects.filter(pk=one.pk).update(begins_at=timezone.now())
    broadcasts.plan(timezone.now())

    page_shown = client.get(page(one))
    assert page_shown["Refresh"]
    assert "1 of 4 are settled" in page_shown.content.decode()
    client.post(page(one, "step", "pause"))
    again = client.post(page(one, "step", "pause"), follow=True).content.decode()
    assert "Somebody else changed it meanwhile" in again
    assert "0 of 4 messages have left" in client.get(page(one, "step", "call-off")).content.decode()
    client.post(page(one, "step", "call-off"))

    one.refresh_from_db()
    assert one.status == "cancelled"
    message = one.messages.first()
    assert client.get(reverse("admin:marketing_message_change", args=[message.pk])).status_code == 200
    drawn = client.get(reverse("admin:marketing_message_letter", args=[message.pk])).content.decode()
    assert "To the shop" in drawn


def test_the_calendar_shows_it_and_the_editions_to_come(client, owner):
    one = make(repeat_days=7)
    broadcasts.schedule(one, timezone.now())
    month = (one.scheduled_at + timedelta(days=7)).strftime("%Y-%m")

    shown = client.get(reverse("admin:marketing_broadcast_calendar"), {"month": month}).content.decode()
    nonsense = client.get(reverse("admin:marketing_broadcast_calendar"), {"month": "9999-99\0"})

    assert "next edition" in shown
    assert page(one) in shown
    assert nonsense.status_code == 200


def test_who_may_only_look_steers_nothing(client):
    one = make()
    client.force_login(clerk_with("view_broadcast"))

    assert client.get(page(one)).status_code == 200
    assert client.post(page(one, "step", "schedule")).status_code == 403
    assert client.post(page(one, "copy")).status_code == 403
    assert client.get(page(one, "file")).status_code == 403
    assert Broadcast.objects.get().status == "draft"
