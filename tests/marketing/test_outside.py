"""Messages to devices and to other systems: sealed, signed, and never posted into a network of ours."""

import hashlib
import hmac
import json
import time
from io import StringIO

import pytest
from django.core.management import call_command

from customers import consent
from customers.letters import Letter
from customers.outcomes import NotNow, Refused
from marketing.actions import devices, profiles
from marketing.channels import CHANNELS, outside, webhook
from marketing.models import PushSubscription, WebhookTarget
from tests.marketing.conftest import ADA, NOW
from tests.marketing.written import make_message
from tests.stand_ins.outside_server import Browser, OutsideStandIn, claims_of

pytestmark = pytest.mark.django_db
HTML = '<p>x</p><p><a href="https://shop.example/follow/a?b=1&amp;c=2">Look</a></p>'
LETTER = Letter("Your cart is kept", "The blanket waits.", HTML, "en")


@pytest.fixture(scope="module")
def outsider(tmp_path_factory):
    with OutsideStandIn(tmp_path_factory.mktemp("outside")) as running:
        yield running


@pytest.fixture
def server(outsider, settings, monkeypatch):
    settings.OUTBOUND_ALLOW = ["localhost"]
    monkeypatch.setenv("SSL_CERT_FILE", outsider.certificate)
    outsider.taken.clear()
    outsider.status = 201
    return outsider


@pytest.fixture
def keys(settings):
    out = StringIO()
    call_command("make_push_keys", stdout=out)
    for line in out.getvalue().split():
        name, _equals, value = line.partition("=")
        setattr(settings, name, value)


def make_device(server, browser: Browser, name: str = "a") -> PushSubscription:
    facts = {"profile": profiles.know(ADA), "language": "en", "endpoint_hash": name, **browser.keys}
    return PushSubscription.objects.create(endpoint=f"{server.url}/{name}", **facts)


def push() -> str:
    channel = CHANNELS["push"]
    return channel.hand_over(channel.parcel(make_message("push"), LETTER))


def test_a_device_shows_what_only_it_can_open_and_its_service_knows_who_sent_it(server, keys, settings):
    browser = Browser()
    device = make_device(server, browser)
    push()

    path, headers, sealed = server.taken[0]
    said, claims = browser.open(sealed), claims_of(headers, settings.VAPID_PUBLIC_KEY)
    assert (path, said["title"], said["body"]) == ("/a", "Your cart is kept", "The blanket waits.")
    assert said["link"] == "https://shop.example/follow/a?b=1&c=2"
    assert claims["aud"] == server.url
    assert time.time() < claims["exp"] < time.time() + 24 * 3600
    device.refresh_from_db()
    assert device.ok_at is not None


@pytest.mark.parametrize(
    ("status", "fault", "ends"), [(410, Refused, True), (404, Refused, True), (503, NotNow, False)]
)
def test_a_device_that_its_service_knows_no_more_is_ended(server, keys, status, fault, ends):
    device = make_device(server, Browser())
    server.status = status

    with pytest.raises(fault):
        push()
    device.refresh_from_db()
    assert (device.gone_at is not None) == ends


def test_a_browser_is_remembered_with_the_yes_that_was_given_and_forgotten_with_the_last_one():
    given = {"endpoint": "https://push.example/one", "keys": Browser().keys}
    device = devices.add(ADA, given, "en", "Firefox", "Show me news.", NOW)
    assert devices.add(ADA, given, "en", "Firefox", "Show me news.", NOW) == device
    assert consent.may_send(ADA, channel="push")

    devices.remove(device, NOW)
    assert not consent.may_send(ADA, channel="push")


@pytest.mark.parametrize(
    "endpoint", ["http://push.example/", "https://10.0.0.7/", "https://localhost/", "https://a:b@push.example/", "x"]
)
def test_what_is_no_push_service_is_not_remembered(endpoint):
    with pytest.raises(devices.NotADevice):
        devices.add(ADA, {"endpoint": endpoint, "keys": Browser().keys}, "en", "", "", NOW)


def make_target(server) -> WebhookTarget:
    return WebhookTarget.objects.create(name="Till", url=f"{server.url}/hook", secret="hush")


def post_to(target) -> str:
    message = make_message("webhook", key="broadcast:1:2", address=webhook.address_of(target))
    return webhook.hand_over(webhook.parcel(message, LETTER))


def test_another_system_can_tell_that_it_is_from_us_and_takes_one_key_once(server):
    post_to(make_target(server))

    _path, headers, body = server.taken[0]
    signed = f"{headers['Webhook-Timestamp']}.".encode() + body
    assert headers["Webhook-Signature"] == "v1=" + hmac.new(b"hush", signed, hashlib.sha256).hexdigest()
    assert headers["Idempotency-Key"] == json.loads(body)["key"] == "broadcast:1:2"
    assert json.loads(body)["person"]["email"] == ADA


@pytest.mark.parametrize(
    ("status", "fault"), [(500, NotNow), (429, NotNow), (0, NotNow), (302, Refused), (400, Refused)]
)
def test_what_a_system_did_not_take_is_tried_again_and_what_it_refused_is_not(server, status, fault):
    server.status = status

    with pytest.raises(fault):
        post_to(make_target(server))


@pytest.mark.parametrize("address", ["https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest/"])
def test_nothing_is_posted_into_a_network_of_ours(address):
    with pytest.raises((NotNow, Refused)):
        outside.post(address, {}, b"{}")
