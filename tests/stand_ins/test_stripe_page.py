"""The hosted page and the webhooks that follow from it."""

import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest
import stripe

from .conftest import order
from .stripe import cards


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def visit(address: str, form: dict | None = None) -> tuple[int, str, str]:
    """Status, page and place to go of a browser that does not follow."""
    data = None if form is None else urllib.parse.urlencode(form).encode()
    try:
        with urllib.request.build_opener(_Stay()).open(address, data) as answer:
            return answer.status, answer.read().decode(), ""
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode(), answer.headers.get("Location", "")


def types(letters) -> list[str]:
    return [json.loads(letter.payload)["type"] for letter in letters]


# The page


def test_the_page_shows_the_sum_a_filled_card_and_the_way_back(session):
    status, html, _ = visit(session.url)

    assert status == 200
    assert "€29.50" in html
    assert re.search(r'<label for="card">Card number</label>\s*<input id="card"[^>]*value="4242424242424242"', html)
    assert '<a href="http://shop.example/checkout/">Back</a>' in html
    assert "<script" not in html


def test_a_good_card_leads_back_to_the_shop(stand_in, session):
    status, _, place = visit(session.url, {"card": "4242 4242 4242 4242"})

    assert (status, place) == (303, f"http://shop.example/thanks/?session={session.id}")
    assert stand_in.sessions[session.id]["payment_status"] == "paid"


@pytest.mark.parametrize(
    ("card", "sentence"),
    [
        (cards.DECLINED, "Your card was declined."),
        (cards.INSUFFICIENT_FUNDS, "Your card has insufficient funds."),
        ("1234", "Your card number is invalid."),
        ("<b>", "Your card number is invalid."),
    ],
)
def test_a_bad_card_stays_on_the_page(stand_in, session, card, sentence):
    status, html, _ = visit(session.url, {"card": card})

    assert (status, stand_in.captured()) == (200, 0)
    assert f'<p role="alert" id="error">{sentence}</p>' in html
    assert "<b>" not in html


def test_a_second_click_takes_no_second_money(stand_in, session):
    places = {visit(session.url, {"card": cards.VISA})[2] for _ in range(2)}

    assert places == {f"http://shop.example/thanks/?session={session.id}"}
    assert stand_in.captured() == 2950


def test_an_expired_session_cannot_be_paid(stand_in, session):
    stand_in.expire(session.id)

    status, html, _ = visit(session.url, {"card": cards.VISA})

    assert (status, stand_in.captured()) == (200, 0)
    assert "has expired" in html


def test_an_unknown_session_has_no_page(stand_in):
    assert visit(f"{stand_in.url}/c/pay/cs_test_nobody")[0] == 404


# Webhooks


def test_a_webhook_is_accepted_by_the_sdk(stand_in, session):
    payload, signature = stand_in.pay(session.id)[-1]

    event = stripe.Webhook.construct_event(payload, signature, stand_in.webhook_secret)

    assert (event.type, event.livemode, event.api_version) == (
        "checkout.session.completed",
        False,
        stripe.api_version,
    )
    assert event.data.object.id == session.id


def test_forged_and_stale_webhooks_are_not(stand_in, session):
    payload, signature = stand_in.pay(session.id)[-1]
    forgeries = [
        (payload.replace(b"2950", b"1000"), signature),
        (payload, stand_in.sign(payload, secret="whsec_other")),
        (payload, stand_in.sign(payload, at=time.time() - 301)),
    ]

    for body, header in forgeries:
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(body, header, stand_in.webhook_secret)


def test_before_the_buyer_is_back_the_shop_knows(stand_in, inbox, session):
    visit(session.url, {"card": cards.VISA})

    assert types(inbox.letters) == ["payment_intent.succeeded", "checkout.session.completed"]
    assert [attempt.status for attempt in stand_in.deliveries] == [200, 200]


def test_after_the_redirect_the_shop_hears(stand_in, inbox, session):
    stand_in.delivery = "after"
    visit(session.url, {"card": cards.VISA})
    stand_in.wait()

    assert types(inbox.letters) == ["payment_intent.succeeded", "checkout.session.completed"]


def test_twice_is_the_same_event_again(stand_in, inbox, session):
    visit(session.url, {"card": cards.VISA, "delivery": "twice"})

    ids = [json.loads(letter.payload)["id"] for letter in inbox.letters]
    assert len(ids) == 4
    assert len(set(ids)) == 2


def test_reversed_is_newest_first(inbox, session):
    visit(session.url, {"card": cards.VISA, "delivery": "reversed"})

    assert types(inbox.letters) == ["checkout.session.completed", "payment_intent.succeeded"]


def test_never_keeps_the_events_until_asked(stand_in, inbox, client, session):
    stand_in.delivery = "never"
    visit(session.url, {"card": cards.VISA})

    assert inbox.letters == []
    stand_in.deliver()
    assert types(inbox.letters) == ["payment_intent.succeeded", "checkout.session.completed"]


def test_what_the_shop_did_not_take_is_listed_and_sent_again(stand_in, inbox, client, session):
    inbox.status = 500
    visit(session.url, {"card": cards.VISA})
    undelivered = client.v1.events.list({"delivery_success": False, "type": "checkout.session.completed"})

    inbox.status = 200
    stand_in.deliver()

    assert [event.data.object.id for event in undelivered.data] == [session.id]
    assert client.v1.events.list({"delivery_success": False}).data == []
    assert len(inbox.letters) == 4


def test_the_shop_may_ask_the_api_while_it_takes_an_event(inbox, client, session):
    seen = []
    inbox.on_arrival = lambda: seen.append(client.v1.checkout.sessions.retrieve(session.id).payment_status)

    visit(session.url, {"card": cards.VISA})

    assert seen == ["paid", "paid"]


def test_a_refund_is_told_after_its_answer(stand_in, inbox, client, session):
    stand_in.pay(session.id)
    client.v1.refunds.create({"charge": next(iter(stand_in.charges))})
    stand_in.wait()

    assert types(inbox.letters) == ["refund.created", "charge.refunded"]


def test_a_tampered_amount_is_charged(stand_in, session):
    stand_in.tampered_amount = 1
    visit(session.url, {"card": cards.VISA})

    assert stand_in.captured() == 1


def test_events_are_listed_page_by_page(client, stand_in):
    for _ in range(3):
        stand_in.expire(client.v1.checkout.sessions.create(order()).id)

    found = client.v1.events.list({"type": "checkout.session.expired", "limit": 2})

    assert (len(found.data), found.has_more) == (2, True)
    assert len(list(found.auto_paging_iter())) == 3
    assert client.v1.events.list({"created": {"gt": int(time.time()) + 60}}).data == []


# Knobs from another process


def test_another_process_can_turn_the_knobs(stand_in, session):
    visit(f"{stand_in.url}/_stand_in/settings", {"delivery": "never", "tampered_amount": "7"})
    visit(f"{stand_in.url}/_stand_in/fail", {"path": "/v1/refunds", "how": "503"})
    visit(session.url, {"card": cards.VISA})

    state = json.loads(visit(f"{stand_in.url}/_stand_in/state")[1])

    assert (state["delivery"], state["charges"][0]["amount"]) == ("never", 7)
    assert stand_in.desk.faults.take("POST", "/v1/refunds").how == 503


def test_a_knob_that_does_not_exist_is_refused(stand_in):
    assert visit(f"{stand_in.url}/_stand_in/settings", {"delivery": "maybe"})[0] == 400
    assert visit(f"{stand_in.url}/_stand_in/nothing", {"x": "1"})[0] == 404
    assert stand_in.delivery == "before"
