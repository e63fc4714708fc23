"""How often somebody hears from us, who goes first, and when nobody is disturbed."""

from datetime import UTC, datetime, time, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core import mail

from customers import consent
from marketing.actions.profiles import know
from marketing.actions.reminders import dispatch, plan
from marketing.models import Message, PressurePolicy, Profile
from marketing.rules import Rule
from marketing.rules.person import Look, Whom
from marketing.rules.quiet import loud_from, zone_of
from tests.marketing.conftest import ADA, NOW

NINE, EIGHT = time(21), time(8)
MADRID = ZoneInfo("Europe/Madrid")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "begins", "ends", "loud"),
    [
        ("2026-11-20 12:00", NINE, EIGHT, None),
        ("2026-11-20 20:30", NINE, EIGHT, "2026-11-21 07:00"),
        ("2026-11-21 06:59", NINE, EIGHT, "2026-11-21 07:00"),
        ("2026-11-21 07:00", NINE, EIGHT, None),
        ("2026-11-20 13:00", time(13), time(16), "2026-11-20 15:00"),
        # The night in which the clock leaps from two to three, and the one in which it shows two twice.
        ("2026-03-29 00:30", NINE, time(2, 30), "2026-03-29 01:30"),
        ("2026-10-25 00:10", NINE, time(2, 30), "2026-10-25 00:30"),
        ("2026-10-25 01:10", NINE, time(2, 30), None),
    ],
)
def test_quiet_hours_end_by_the_clock_of_the_person(now, begins, ends, loud):
    assert loud_from(at(now), MADRID, begins, ends) == (at(loud) if loud else None)


@pytest.mark.parametrize(
    ("zone", "country", "key"),
    [
        ("Asia/Tokyo", "FR", "Asia/Tokyo"),
        ("", "fr", "Europe/Paris"),
        ("", "RU", "Europe/Madrid"),
        ("Nowhere/At all", "", "Europe/Madrid"),
        ("../etc", "", "Europe/Madrid"),
    ],
)
def test_the_zone_of_a_person_is_known_or_that_of_his_country_or_the_shops(zone, country, key):
    assert zone_of(zone, country).key == key


@pytest.fixture
def limits(db) -> None:
    """Those that every shop begins with. Tests that empty the database take them away."""
    if not PressurePolicy.objects.exists():
        import_module("marketing.migrations.0013_messages_by_every_channel").set_limits(apps, None)


@pytest.fixture
def ada(limits) -> Profile:
    consent.grant(ADA, "marketing", "email", "Yes.", "checkout")
    return know(ADA)


def make_message(ada: Profile, key: str, hours: float, **fields) -> Message:
    moment = NOW + timedelta(hours=hours)
    fields.setdefault("deadline", moment + timedelta(hours=72))
    return Message.objects.create(key=key, profile=ada, address=ADA, language="en", planned_for=moment, **fields)


def make_sent(ada: Profile, key: str, hours: float, **fields) -> Message:
    moment = NOW + timedelta(hours=hours)
    return make_message(ada, key, hours, status="handed_over", claimed_at=moment, handed_over_at=moment, **fields)


def hinders(whom: Whom) -> dict[str, datetime]:
    return {check.rule.value: check.again_at for check in Look([whom], NOW).checks(whom) if not check.passed}


def test_after_one_letter_the_next_waits_a_day_and_after_four_a_week(ada):
    make_sent(ada, "a", -20)
    assert hinders(Whom.of_person(ada, "email", 70)) == {Rule.PRESSURE: NOW + timedelta(hours=4)}

    for days in (2, 4, 6):
        make_sent(ada, f"b{days}", -24 * days)
    assert hinders(Whom.of_person(ada, "email", 70)) == {Rule.PRESSURE: NOW + timedelta(hours=24)}


def test_channels_have_limits_of_their_own_and_one_together(ada):
    make_sent(ada, "a", -2, channel="push")
    assert hinders(Whom.of_person(ada, "email", 70)) == {}

    make_sent(ada, "b", -1, channel="push")
    assert list(hinders(Whom.of_person(ada, "email", 70))) == [Rule.PRESSURE]


def test_what_is_more_important_and_comes_today_goes_first(ada):
    make_message(ada, "cart", 3, priority=Message.Priority.CART)

    later = NOW + timedelta(hours=3, minutes=5)
    assert hinders(Whom.of_person(ada, "email", Message.Priority.BROWSE)) == {Rule.GIVES_WAY: later}
    assert hinders(Whom.of_person(ada, "email", Message.Priority.CHECKOUT)) == {}


def test_a_text_message_at_night_waits_for_the_morning_of_the_person(ada):
    consent.grant(ADA, "marketing", "sms", "Yes.", "account")
    Profile.objects.update(time_zone="Asia/Tokyo")
    ada.refresh_from_db()

    # 15:00 UTC is midnight there.
    assert hinders(Whom.of_person(ada, "sms", 70)) == {Rule.QUIET: at("2026-11-20 23:00")}


def test_a_reminder_that_would_come_too_late_by_waiting_is_dropped_and_says_why(flow, cart, limits):
    plan(NOW)
    make_sent(Profile.objects.get(), "news", 0.01)
    PressurePolicy.objects.filter(channel="email").update(hours=168)

    dispatch(NOW + timedelta(minutes=1))

    message = Message.objects.get(flow=flow)
    assert (message.status, message.reason) == ("skipped", "too_many")
    assert mail.outbox == []


def test_who_leaves_by_one_channel_still_hears_by_the_other(ada):
    letter, text = make_message(ada, "a", 1), make_message(ada, "b", 1, channel="sms")
    text.address = "+34600111222"
    text.save()
    consent.withdraw(ADA, "unsubscribe", channel="sms")

    letter.refresh_from_db()
    text.refresh_from_db()
    assert (letter.status, text.status, text.reason) == ("planned", "skipped", "no_consent")
