"""The letter-box takes what Stripe signed just now, and nothing else; no nonsense breaks it."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from orders.models import Order, ProviderEvent
from tests.makers import make_counter, make_variant
from tests.orders.card import order_by_card

ADDRESS = "/webhooks/stripe/"

pytestmark = pytest.mark.django_db


def post(client, payload: bytes | str, signature: str = "", **headers):
    body = payload.encode() if isinstance(payload, str) else payload
    return client.post(
        ADDRESS, body, content_type="application/json", headers={"Stripe-Signature": signature, **headers}
    )


@pytest.fixture
def event(stripe):
    return stripe.event("customer.created", {"id": "cus_1"})


def test_a_signed_event_is_taken(client, event):
    assert post(client, *event).status_code == 200
    assert ProviderEvent.objects.get().payload == event.body


def test_a_second_copy_is_thanked_for_and_not_stored(client, event):
    assert [post(client, *event).status_code for _ in range(2)] == [200, 200]
    assert ProviderEvent.objects.count() == 1


def test_a_payment_becomes_an_order(client, stripe, django_capture_on_commit_callbacks):
    make_counter()
    order, payment = order_by_card(make_variant(), now=timezone.now())

    with django_capture_on_commit_callbacks(execute=True):
        answers = [post(client, *told).status_code for told in stripe.pay(payment.session_id)]

    order.refresh_from_db()
    assert set(answers) == {200}
    assert (order.status, order.payment_status) == (Order.Status.PLACED, "paid")


def test_it_needs_no_csrf_token(event):
    from django.test import Client

    assert post(Client(enforce_csrf_checks=True), *event).status_code == 200


def forgeries(stripe, event) -> dict[str, tuple[bytes, str]]:
    payload, signature = event
    now, other = stripe.clock(), payload.replace(b"cus_1", b"cus_2")
    stamp, _, proof = signature.partition(",")
    return {
        "no signature": (payload, ""),
        "noise": (payload, "a" * 3000),
        "no time": (payload, proof),
        "a time that is no number": (payload, f"t=yesterday,{proof}"),
        "a time in other digits": (payload, f"t=١٢٣,{proof}".encode().decode("latin-1")),
        "no proof": (payload, stamp),
        "an old scheme": (payload, signature.replace("v1=", "v0=")),
        "another secret": (payload, stripe.sign(payload, secret="whsec_other")),
        "an empty secret": (payload, stripe.sign(payload, secret="")),
        "another body": (other, signature),
        "an hour old": (payload, stripe.sign(payload, at=now - 3600)),
        "just too old": (payload, stripe.sign(payload, at=now - 302)),
        "from the future": (payload, stripe.sign(payload, at=now + 3600)),
        "an old proof with a new time": (payload, f"t={int(now)},{stripe.sign(payload, at=now - 3600).split(',')[1]}"),
    }


def test_no_forgery_is_taken(client, stripe, event):
    answers = {name: post(client, *forged).status_code for name, forged in forgeries(stripe, event).items()}

    assert len(answers) == 14
    assert set(answers.values()) == {400}, answers
    assert not ProviderEvent.objects.exists()


def event_with(**changes) -> bytes:
    whole = {"id": "evt_1", "type": "customer.created", "data": {"object": {"id": "cus_1"}}}
    return json.dumps({**whole, **changes}).encode()


NONSENSE = {
    "nothing": b"",
    "no JSON": b"{",
    "no UTF-8": b'{"id": "\xff"}',
    "a list": b"[]",
    "null": b"null",
    "a number too long to read": b"1" * 5000,
    "a deep nest": b"[" * 20_000 + b"]" * 20_000,
    "a deep nest in an event": event_with(x="@").replace(b'"@"', b"[" * 20_000 + b"]" * 20_000),
    "a fairly deep nest": event_with(x="@").replace(b'"@"', b"[" * 400 + b"]" * 400),
    "no id": event_with(id=None),
    "an id that is a list": event_with(id=["evt_1"]),
    "an endless id": event_with(id="e" * 121),
    "an endless type": event_with(type="t" * 81),
    "no data": event_with(data=None),
    "no object": event_with(data={"object": "cus_1"}),
    "infinity": event_with(x=float("inf")),
    "a number beyond all": event_with(x=1).replace(b'"x": 1', b'"x": 1e999'),
    "not a number": event_with(x=float("nan")),
    "a NUL": event_with(x="a\x00b"),
    "half a pair": event_with(x="\ud800"),
    "a NUL in a key": event_with(**{"a\x00": 1}),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_with_a_good_signature_is_refused(client, stripe, name):
    body = NONSENSE[name]

    assert post(client, body, stripe.sign(body)).status_code == 400
    assert not ProviderEvent.objects.exists()


def test_a_huge_body_is_not_even_read(client, stripe):
    body = event_with(x="x" * (1024 * 1024))

    assert post(client, body, stripe.sign(body)).status_code == 413
    assert not ProviderEvent.objects.exists()


@pytest.mark.parametrize("length", ["-1", "many", "9" * 30, "١"])
def test_a_length_that_is_none_is_refused(client, event, length):
    payload, signature = event

    answer = client.generic("POST", ADDRESS, payload, CONTENT_LENGTH=length, headers={"Stripe-Signature": signature})

    assert answer.status_code in (400, 413)
    assert not ProviderEvent.objects.exists()


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_only_post_is_answered(client, stripe, method):
    assert getattr(client, method)(ADDRESS).status_code == 405


@pytest.mark.parametrize("setting", ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"])
def test_without_stripe_there_is_no_letter_box(client, settings, event, setting):
    setattr(settings, setting, "")

    assert post(client, *event).status_code == 404
    assert not ProviderEvent.objects.exists()


def test_the_address_carries_no_language():
    assert reverse("stripe-webhook") == ADDRESS
