"""Texts of marketing: with a way to stop in each, and what carriers and people answer."""

import base64
import hashlib
import hmac
import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from customers import consent
from customers.letters import Letter
from customers.models import PhoneNumber
from marketing.channels import CHANNELS
from marketing.models import DeliveryEvent
from marketing.words import CannotBeWritten
from tests.marketing.conftest import ADA, NOW
from tests.marketing.written import make_message
from tests.stand_ins.text_server import ACCOUNT, TOKEN, TextStandIn

pytestmark = pytest.mark.django_db
NUMBER, SMS = "+34600123456", "sms"
LETTER = Letter("", "Your cart is kept.", "", "en")


@pytest.fixture
def carrier(settings):
    settings.TEXT_PROVIDER, settings.TEXT_ACCOUNT, settings.TEXT_TOKEN = "customers.texts.twilio.Twilio", ACCOUNT, TOKEN
    with TextStandIn() as running:
        settings.TEXT_URL, settings.TEXT_SENDER = running.url, "Lumbre"
        yield running


@pytest.fixture
def number(carrier) -> PhoneNumber:
    consent.grant(ADA, "marketing", SMS, "Text me.", "preferences")
    return PhoneNumber.objects.create(email=ADA, number=NUMBER, confirmed_at=NOW - timedelta(days=1))


def may() -> bool:
    return consent.may_send(ADA, channel=SMS)


def tell(client, token=TOKEN, **fields) -> int:
    told = "http://localhost/webhooks/texts/" + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    signature = base64.b64encode(hmac.new(token.encode(), told.encode(), hashlib.sha1).digest()).decode()
    form = {"content_type": "application/x-www-form-urlencoded", "headers": {"X-Twilio-Signature": signature}}
    return client.post("/webhooks/texts/", urlencode(fields), **form).status_code


def test_a_text_goes_to_the_number_of_now_and_says_how_to_stop(client, number, carrier):
    channel, message = CHANNELS[SMS], make_message(SMS, address="+34999999999")

    assert channel.hand_over(channel.parcel(message, LETTER)) == "SM1"
    (taken,) = carrier.taken
    assert taken["to"] == NUMBER
    assert taken["text"].startswith("Your cart is kept.\nStop: http")
    path = re.search(r"http://localhost(/n/\S+)", taken["text"])[1]
    client.get(path)
    client.head(path)
    assert may()
    assert client.post(path).status_code == 200
    assert not may()


def test_without_a_confirmed_number_nothing_is_written(carrier):
    PhoneNumber.objects.create(email=ADA, asked=NUMBER, asked_at=NOW)

    with pytest.raises(CannotBeWritten):
        CHANNELS[SMS].parcel(make_message(SMS), LETTER)


@pytest.mark.parametrize("words", ["STOP", " stop please", "Baja.", "стоп"])
def test_who_answers_stop_gets_no_more_and_what_is_planned_does_not_go_out(client, number, words):
    waiting = make_message(SMS)

    assert [tell(client, MessageSid="SM9", From=NUMBER, Body=words) for _ in range(2)] == [200, 200]
    waiting.refresh_from_db()
    assert (may(), waiting.status, DeliveryEvent.objects.count()) == (False, "skipped", 1)


@pytest.mark.parametrize(
    ("status", "code", "still"), [("delivered", "", True), ("failed", "30005", False), ("failed", "30008", True)]
)
def test_what_became_of_a_text_is_kept_and_a_number_that_does_not_exist_gets_no_more(
    client, number, status, code, still
):
    message = make_message(SMS, address=NUMBER, status="handed_over", provider_id="SM1")

    assert tell(client, MessageSid="SM1", MessageStatus=status, ErrorCode=code, To=NUMBER) == 200
    assert DeliveryEvent.objects.get().message == message
    assert may() == still


def test_what_the_carrier_did_not_sign_is_not_believed(client, number, settings):
    assert tell(client, token="guess", MessageSid="SM9", From=NUMBER, Body="STOP") == 400
    assert client.get(reverse("stop-texts", args=["1-0000000000000000"])).status_code == 404
    settings.TEXT_PROVIDER = ""
    assert tell(client, MessageSid="SM9", From=NUMBER, Body="STOP") == 404
    assert may()
