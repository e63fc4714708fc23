"""The stand-in answers the official SDK as Stripe would."""

import threading

import pytest
import stripe

from .conftest import client_of, line, order
from .stripe import NotOpen, StripeStandIn, cards

SESSIONS = "/v1/checkout/sessions"


# Sessions


def test_a_session_is_created_with_its_sum_and_page(client, stand_in):
    session = client.v1.checkout.sessions.create(order())

    assert session.id.startswith("cs_test_")
    assert session.url.startswith(f"{stand_in.url}/c/pay/{session.id}")
    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    assert (session.amount_total, session.currency) == (2950, "eur")
    assert session.metadata.to_dict() == {"order": "41", "7": "seven"}


def test_a_session_is_retrieved_with_its_lines(client, session):
    found = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["line_items"]})

    assert [item.description for item in found.line_items.data] == ["Scarf", "Delivery"]
    assert found.client_reference_id == "order-41"


def test_lines_can_be_listed(client, session):
    lines = client.v1.checkout.sessions.line_items.list(session.id)

    assert [(one.quantity, one.amount_total) for one in lines.data] == [(2, 2500), (1, 450)]


def test_an_unknown_session_is_missing(client):
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.checkout.sessions.retrieve("cs_test_nobody")

    assert (refusal.value.http_status, refusal.value.code) == (404, "resource_missing")


def test_another_key_is_not_let_in(stand_in):
    stranger = stripe.StripeClient("sk_test_stranger", base_addresses={"api": stand_in.url})

    with pytest.raises(stripe.AuthenticationError):
        stranger.v1.checkout.sessions.create(order())

    assert not stand_in.sessions


@pytest.mark.parametrize(
    ("changes", "param", "code"),
    [
        ({"mode": None}, "mode", "parameter_missing"),
        ({"success_url": None}, "success_url", "parameter_missing"),
        ({"line_items": []}, "line_items", "parameter_missing"),
        ({"success_url": "thanks/"}, "success_url", "url_invalid"),
        ({"colour": "red"}, "colour", "parameter_unknown"),
        ({"customer_email": "ada"}, "customer_email", "email_invalid"),
        ({"customer_email": ""}, "customer_email", "parameter_invalid_empty"),
        (
            {"line_items": [line("Scarf", -1)]},
            "line_items[0][price_data][unit_amount]",
            "parameter_invalid_integer",
        ),
        ({"line_items": [line("Scarf", 100, 0)]}, "line_items[0][quantity]", "parameter_invalid_integer"),
        ({"line_items": [line("Scarf", 100), line("Tie", 100, 1, "usd")]}, "line_items", None),
        ({"line_items": [line("Pin", 49)]}, None, "amount_too_small"),
        ({"locale": "xx"}, "locale", None),
    ],
)
def test_bad_parameters_are_refused(client, stand_in, changes, param, code):
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.checkout.sessions.create(order(**changes))

    assert (refusal.value.http_status, refusal.value.param, refusal.value.code) == (400, param, code)
    assert not stand_in.sessions


@pytest.mark.parametrize("seconds", [30 * 60 - 1, 24 * 60 * 60 + 1])
def test_a_session_lives_between_half_an_hour_and_a_day(client, stand_in, seconds):
    stand_in.clock = lambda: 1_800_000_000

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.checkout.sessions.create(order(expires_at=1_800_000_000 + seconds))

    assert refusal.value.param == "expires_at"


def test_time_runs_out(client, stand_in):
    stand_in.clock = lambda: 1_800_000_000
    session = client.v1.checkout.sessions.create(order(expires_at=1_800_001_800))
    stand_in.clock = lambda: 1_800_001_800

    found = client.v1.checkout.sessions.retrieve(session.id)

    assert (found.status, found.url) == ("expired", None)
    assert [event.type for event in stand_in.signed()] == ["checkout.session.expired"]


def test_an_open_session_can_be_expired_once(client, stand_in, session):
    expired = client.v1.checkout.sessions.expire(session.id)

    assert expired.status == "expired"
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.checkout.sessions.expire(session.id)
    assert refusal.value.http_status == 400
    assert "status of `expired`" in refusal.value.user_message


# Paying


def test_a_paid_session_knows_its_payment(client, stand_in, session):
    stand_in.pay(session.id)

    paid = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert (paid.payment_intent.status, paid.payment_intent.amount_received) == ("succeeded", 2950)
    assert paid.payment_intent.metadata["order"] == "41"
    assert paid.payment_intent.latest_charge.paid
    assert paid.customer_details.email == "ada@example.com"


def test_a_session_is_found_by_its_payment(client, stand_in, session):
    client.v1.checkout.sessions.create(order())
    stand_in.pay(session.id)
    intent = client.v1.checkout.sessions.retrieve(session.id).payment_intent

    found = client.v1.checkout.sessions.list({"payment_intent": intent})

    assert [one.id for one in found.data] == [session.id]


def test_a_session_is_paid_only_once(stand_in, session):
    stand_in.pay(session.id)

    with pytest.raises(NotOpen):
        stand_in.pay(session.id)

    assert stand_in.captured() == 2950


def test_a_declined_card_leaves_the_session_open(client, stand_in, session):
    events = stand_in.pay(session.id, card=cards.DECLINED)

    assert [event.type for event in events] == ["payment_intent.payment_failed"]
    found = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert (found.status, found.payment_status) == ("open", "unpaid")
    assert found.payment_intent.last_payment_error.message == "Your card was declined."
    assert stand_in.captured() == 0


def test_a_second_card_pays_the_same_intent(stand_in, session):
    stand_in.pay(session.id, card=cards.DECLINED)
    stand_in.pay(session.id, card=cards.VISA)

    assert len(stand_in.intents) == 1
    assert stand_in.captured(session.id) == 2950


def test_another_amount_shows_everywhere(client, stand_in, session):
    body = stand_in.pay(session.id, amount=1)[-1].body

    paid = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert body["data"]["object"]["amount_total"] == 1
    assert (paid.amount_total, paid.payment_intent.amount_received) == (1, 1)


@pytest.mark.parametrize(("succeed", "word", "sum_"), [(True, "succeeded", 2950), (False, "failed", 0)])
def test_a_bank_may_answer_days_later(stand_in, session, succeed, word, sum_):
    completed = stand_in.pay(session.id, card=cards.SEPA)[-1]
    late = stand_in.settle(session.id, succeed=succeed)[-1]

    assert completed.body["data"]["object"]["payment_status"] == "unpaid"
    assert late.type == f"checkout.session.async_payment_{word}"
    assert stand_in.captured() == sum_


# Refunds


@pytest.fixture
def intent(client, stand_in, session):
    stand_in.pay(session.id)
    return client.v1.checkout.sessions.retrieve(session.id).payment_intent


def test_parts_are_refunded_until_nothing_is_left(client, stand_in, intent):
    first = client.v1.refunds.create({"payment_intent": intent, "amount": 950, "metadata": {"line": "3"}})
    client.v1.refunds.create({"payment_intent": intent, "reason": "requested_by_customer"})

    assert (first.status, first.amount, first.metadata["line"]) == ("succeeded", 950, "3")
    assert client.v1.refunds.retrieve(first.id).payment_intent == intent
    assert stand_in.refunded() == stand_in.captured() == 2950
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.refunds.create({"payment_intent": intent})
    assert refusal.value.code == "charge_already_refunded"


def test_more_than_is_left_is_not_refunded(client, stand_in, intent):
    client.v1.refunds.create({"payment_intent": intent, "amount": 2000})

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.refunds.create({"payment_intent": intent, "amount": 951})

    assert (refusal.value.http_status, refusal.value.param) == (400, "amount")
    assert "(€9.51) is greater than unrefunded amount on charge (€9.50)" in refusal.value.user_message
    assert stand_in.refunded() == 2000


def test_an_unpaid_intent_has_nothing_to_refund(client, stand_in, session):
    stand_in.pay(session.id, card=cards.DECLINED)

    with pytest.raises(stripe.InvalidRequestError):
        client.v1.refunds.create({"payment_intent": next(iter(stand_in.intents))})

    assert not stand_in.refunds


def test_a_refund_is_told_with_the_charge_as_it_then_was(client, stand_in, intent):
    client.v1.refunds.create({"payment_intent": intent, "amount": 950}, {"idempotency_key": "refund-1"})

    created, charge = stand_in.signed()[-2:]
    assert (created.type, charge.type) == ("refund.created", "charge.refunded")
    assert charge.body["data"]["object"]["amount_refunded"] == 950
    assert created.body["request"]["idempotency_key"] == "refund-1"


# Idempotency and lost answers


def test_the_same_key_gives_the_first_answer_again(client, stand_in):
    answers = [client.v1.checkout.sessions.create(order(), {"idempotency_key": "order-41"}) for _ in range(2)]

    assert answers[0].id == answers[1].id
    assert len(stand_in.sessions) == 1
    assert answers[1].last_response.headers["Idempotent-Replayed"] == "true"
    assert [call.replayed for call in stand_in.calls] == [False, True]


def test_the_same_key_for_something_else_is_an_error(client, stand_in):
    client.v1.checkout.sessions.create(order(), {"idempotency_key": "order-41"})

    with pytest.raises(stripe.IdempotencyError) as refusal:
        client.v1.checkout.sessions.create(order(locale="ru"), {"idempotency_key": "order-41"})
    with pytest.raises(stripe.IdempotencyError):
        client.v1.refunds.create({"payment_intent": "pi_1"}, {"idempotency_key": "order-41"})

    assert refusal.value.http_status == 400
    assert len(stand_in.sessions) == 1


def test_a_forgotten_key_acts_anew(client, stand_in):
    client.v1.checkout.sessions.create(order(), {"idempotency_key": "order-41"})
    stand_in.forget_idempotency()

    client.v1.checkout.sessions.create(order(), {"idempotency_key": "order-41"})

    assert len(stand_in.sessions) == 2


def test_refused_parameters_do_not_use_up_a_key(client, stand_in):
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.checkout.sessions.create(order(locale="xx"), {"idempotency_key": "order-41"})

    client.v1.checkout.sessions.create(order(), {"idempotency_key": "order-41"})

    assert len(stand_in.sessions) == 1


def test_a_lost_answer_then_the_same_key_gives_one_session(client, stand_in):
    stand_in.fail_next(SESSIONS, "drop")
    with pytest.raises(stripe.APIConnectionError):
        client.v1.checkout.sessions.create(order(), {"idempotency_key": "order-41"})

    session = client.v1.checkout.sessions.create(order(), {"idempotency_key": "order-41"})

    assert list(stand_in.sessions) == [session.id]
    assert [call.status for call in stand_in.calls_to("POST", SESSIONS)] == [0, 200]


def test_an_answer_that_never_comes_is_given_up_on(stand_in):
    impatient = client_of(stand_in, http_client=stripe.RequestsClient(timeout=0.2))
    stand_in.fail_next(SESSIONS, "timeout")

    with pytest.raises(stripe.APIConnectionError):
        impatient.v1.checkout.sessions.create(order())

    assert len(stand_in.sessions) == 1


def test_an_outage_does_nothing(client, stand_in):
    stand_in.fail_next(SESSIONS, 503)

    with pytest.raises(stripe.APIError):
        client.v1.checkout.sessions.create(order(), {"idempotency_key": "order-41"})

    assert not stand_in.sessions
    assert client.v1.checkout.sessions.create(order(), {"idempotency_key": "order-41"}).status == "open"


def test_a_kept_error_is_replayed(client, stand_in):
    stand_in.fail_next(SESSIONS, 500, kept=True)

    for _ in range(2):
        with pytest.raises(stripe.APIError):
            client.v1.checkout.sessions.create(order(), {"idempotency_key": "order-41"})

    assert not stand_in.sessions


def test_parallel_calls_with_one_key_make_one_session(stand_in):
    def buy():
        client_of(stand_in).v1.checkout.sessions.create(order(), {"idempotency_key": "order-41"})

    clicks = [threading.Thread(target=buy) for _ in range(8)]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()

    assert len(stand_in.sessions) == 1
    assert len(stand_in.calls) == 8


def test_sums_of_mixed_money_are_refused(client, stand_in, intent):
    session = client.v1.checkout.sessions.create(order(line_items=[line("Scarf", 900, 1, "usd")]))
    stand_in.pay(session.id)

    assert stand_in.captured(session.id) == 900
    with pytest.raises(ValueError, match="several currencies"):
        stand_in.captured()


def test_a_stopped_stand_in_answers_nobody():
    with StripeStandIn() as stand_in:
        client = client_of(stand_in)

    with pytest.raises(stripe.APIConnectionError):
        client.v1.checkout.sessions.create(order())
