"""Texts (SMS): a row first, then a text, once, whatever the provider does."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from customers import texting, texts
from customers.models import Text
from tests.stand_ins.text_server import ACCOUNT, TOKEN, TextStandIn

pytestmark = pytest.mark.django_db
NOW = timezone.now() + timedelta(hours=1)
PROVIDERS = ["customers.texts.twilio.Twilio", "customers.texts.webhook.Webhook"]


@pytest.fixture
def carrier(settings):
    settings.TEXT_PROVIDER, settings.TEXT_ACCOUNT, settings.TEXT_TOKEN = PROVIDERS[0], ACCOUNT, TOKEN
    with TextStandIn() as running:
        settings.TEXT_URL, settings.TEXT_SENDER = running.url, "Lumbre"
        yield running


def queued(key="order-ready:41", words="Lumbre: order 41 is ready.") -> Text:
    return texting.write(key, "+34600123456", "en", words, NOW)


def later(minutes: int):
    return NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_text_goes_out_once_however_often_its_occasion_and_the_clock_come(settings, carrier, provider):
    settings.TEXT_PROVIDER = provider
    assert queued().pk == queued(words="Something else").pk

    assert [texting.dispatch(NOW), texting.dispatch(NOW)] == [1, 0]
    (taken,) = carrier.taken
    assert (taken["to"], taken["from"], taken["text"]) == ("+34600123456", "Lumbre", "Lumbre: order 41 is ready.")
    row = Text.objects.get()
    assert (row.status, row.reference, row.segments) == (Text.Status.SENT, "SM1", 1)


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("mood", ["slam", "take and slam", "500"])
def test_what_was_not_answered_is_tried_again_and_never_sent_twice(settings, carrier, provider, mood):
    settings.TEXT_PROVIDER = provider
    queued()
    carrier.mood = mood

    assert texting.dispatch(NOW) == 0
    carrier.mood = "kind"
    assert texting.dispatch(later(5)) == 1
    assert len(carrier.taken) == 1


def test_a_worker_that_died_after_the_provider_took_it_sends_no_second_one(carrier):
    row = queued()
    texting.dispatch(NOW)
    Text.objects.filter(pk=row.pk).update(status=Text.Status.CLAIMED, claimed_at=NOW)

    assert texting.dispatch(later(4)) == 0
    assert texting.dispatch(later(6)) == 1
    assert len(carrier.taken) == 1


def test_a_provider_that_lets_nobody_in_costs_no_text_a_try(settings, carrier):
    settings.TEXT_TOKEN = "wrong"
    queued(), queued("order-ready:42")

    texting.dispatch(NOW)

    # The second was not even tried at the closed door.
    assert carrier.asked == 1
    assert set(Text.objects.values_list("status", flat=True)) == {Text.Status.QUEUED}


def test_what_is_refused_is_set_aside_and_sent_again_only_when_somebody_says_so(carrier):
    row = queued()
    carrier.mood = "refuse"
    texting.dispatch(NOW)
    row.refresh_from_db()
    assert (row.status, "unsubscribed" in row.error) == (Text.Status.FAILED, True)

    carrier.mood = "kind"
    assert texting.dispatch(later(60)) == 0
    assert texting.send_again(row, later(60))
    assert texting.dispatch(later(60)) == 1


def test_news_of_three_days_ago_are_not_texted_any_more(carrier):
    row = queued()

    assert texting.dispatch(NOW + timedelta(days=3)) == 0
    row.refresh_from_db()
    assert (row.status, carrier.asked) == (Text.Status.FAILED, 0)


@pytest.mark.django_db(transaction=True)
def test_nobody_is_called_inside_a_transaction(carrier):
    with pytest.raises(RuntimeError, match="transaction"), transaction.atomic():
        texts.hand_over("+34600123456", "x", "key")

    assert carrier.asked == 0


def test_without_a_provider_the_clock_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert texting.dispatch(NOW) == 0


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("600 12 34 56", "ES", "+34600123456"),
        ("0034 600-123-456", "FR", "+34600123456"),
        ("07911 123456", "GB", "+447911123456"),
        ("+44 (0)7911 123456", "ES", "+447911123456"),
        ("8 (912) 345-67-89", "RU", "+79123456789"),
        ("call me", "ES", ""),
        ("12", "ES", ""),
        ("+1 600 123 456 789 012 34", "ES", ""),
        ("600123456\n+34700", "ES", ""),
        ("٦٠٠١٢٣٤٥٦", "ES", ""),
    ],
)
def test_a_number_is_read_as_its_country_writes_it(typed, country, number):
    assert texts.e164(typed, country) == number


@pytest.mark.parametrize(
    ("words", "parts"),
    [("a" * 160, 1), ("a" * 161, 2), ("€" * 80, 1), ("€" * 81, 2), ("ñ" * 160, 1), ("я" * 70, 1), ("я" * 71, 2)],
)
def test_parts_are_counted_as_the_provider_counts_them(words, parts):
    assert texts.segments_of(words) == parts
