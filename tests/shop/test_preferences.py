"""One page on which people say what we may send: by the link in a letter, or signed in."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from customers import consent
from customers.models import Consent, PhoneNumber, Text
from customers.tokens import LEAVE, PREFERENCES, token_for
from tests.makers import make_customer
from tests.marketing.conftest import agree

pytestmark = pytest.mark.django_db
ADA, NUMBER = "ada@example.com", "+34600123456"
PAGE = reverse("preferences", args=[token_for(ADA, PREFERENCES)])


@pytest.fixture
def texts(settings):
    settings.TEXT_PROVIDER = "customers.texts.log.Log"


def code_sent() -> str:
    return re.match(r"\d{6}", Text.objects.latest("pk").words)[0]


def may(channel="email") -> bool:
    return consent.may_send(ADA, channel=channel)


def confirmed(client) -> None:
    client.post(PAGE, {"do": "number", "number": "600 123 456"})
    client.post(PAGE, {"do": "code", "code": code_sent()})


def test_the_page_shows_what_was_agreed_with_its_words_and_changes_nothing_by_itself(client, texts):
    agree()
    before = Consent.objects.count()

    page = client.get(PAGE).content.decode()
    client.head(PAGE)

    assert "Yes, write to me." in page
    assert 'value="email" checked' in page
    assert Consent.objects.count() == before


def test_only_its_own_link_opens_it(client):
    assert client.get(reverse("preferences", args=[token_for(ADA, LEAVE)])).status_code == 404


def test_what_is_unticked_ends_and_what_is_ticked_begins(client):
    agree()
    client.post(PAGE, {"do": "save"})
    assert not may()

    client.post(PAGE, {"do": "save", "channel": "email"})
    assert may()
    assert [row.status for row in Consent.objects.order_by("id")] == ["granted", "withdrawn", "granted"]


@pytest.mark.parametrize("reason", ["bounced", "complained", "by_staff"])
def test_a_yes_after_a_bounce_or_a_complaint_is_refused_with_a_sentence(client, reason):
    agree()
    consent.suppress(ADA, reason)

    page = client.post(PAGE, {"do": "save", "channel": "email"}, follow=True).content.decode()
    assert "disabled" in page
    assert not may()
    undo = client.post(reverse("unsubscribe", args=[token_for(ADA)]), {"undo": "1"})
    assert (undo.status_code, may()) == (409, False)


def test_a_number_counts_once_the_code_is_typed(client, texts):
    client.post(PAGE, {"do": "number", "number": "600 123 456"})
    assert (Text.objects.get().to, may("sms")) == (NUMBER, False)

    client.post(PAGE, {"do": "code", "code": code_sent()})
    assert PhoneNumber.objects.get().number == NUMBER
    assert may("sms")
    assert "Text me about new things" in Consent.objects.get(status="granted").wording


def test_a_code_is_guessed_five_times_at_most_and_not_sent_twice_a_minute(client, texts):
    client.post(PAGE, {"do": "number", "number": NUMBER})
    client.post(PAGE, {"do": "number", "number": NUMBER})
    code = code_sent()
    wrong = "000000" if code != "000000" else "111111"
    answers = [client.post(PAGE, {"do": "code", "code": wrong}).status_code for _ in range(5)]

    assert (Text.objects.count(), answers) == (1, [422] * 5)
    assert client.post(PAGE, {"do": "code", "code": code}).status_code == 422
    assert not may("sms")


def test_nothing_at_all_ends_every_way_and_the_number_may_be_forgotten(client, texts):
    agree()
    confirmed(client)
    client.post(PAGE, {"do": "nothing"})
    assert (may(), may("sms")) == (False, False)

    client.post(PAGE, {"do": "save", "channel": "sms"})
    assert may("sms")
    client.post(PAGE, {"do": "forget-number"})
    assert (may("sms"), PhoneNumber.objects.exists()) == (False, False)


@pytest.mark.parametrize("typed", ["12", ""])
def test_what_cannot_be_taken_is_said_at_its_place(client, texts, typed):
    answer = client.post(PAGE, {"do": "number", "number": typed})

    assert answer.status_code == 422
    assert 'id="id_number_error"' in answer.content.decode()
    assert not Text.objects.exists()


def test_in_the_account_it_opens_for_a_proven_address_only(client):
    ada = make_customer(ADA)
    client.force_login(ada)
    assert "Confirm the address" in client.get(reverse("my-messages")).content.decode()
    client.post(reverse("my-messages"), {"do": "save", "channel": "email"})
    assert not may()

    EmailAddress.objects.create(user=ada, email=ADA, verified=True, primary=True)
    client.post(reverse("my-messages"), {"do": "save", "channel": "email"})
    assert may()
    assert Consent.objects.get().customer == ada
