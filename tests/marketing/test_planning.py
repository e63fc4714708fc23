"""Whose cart leads to a message, and why the others do not."""

from datetime import timedelta

import pytest

from customers import consent
from marketing.actions.reminders import plan
from marketing.models import Enrolment, Flow, Message
from orders.models import Cart
from tests.makers import make_variant
from tests.marketing.conftest import ADA, NOW, agree, make_cart
from tests.marketing.orders import make_order


def reasons() -> list[str]:
    """Why nobody was written to, of each occasion: said by the way through the flow or by its message."""
    told = Enrolment.objects.order_by("pk").values_list("reason", "messages__reason")
    return [mine or message or "" for mine, message in told]


def test_a_cart_left_behind_leads_to_one_message(flow, cart):
    assert [plan(NOW), plan(NOW), plan(NOW + timedelta(hours=1))] == [1, 0, 0]

    message = Message.objects.get()
    assert message.status == Message.Status.PLANNED
    assert message.enrolment.key == f"cart:{cart.pk}"
    assert message.address == ADA


def test_the_decision_names_every_rule_with_what_it_saw(flow, cart):
    plan(NOW)

    rules = {check["rule"]: check for check in Message.objects.get().decision["planned"]["rules"]}
    assert len(rules) == 11
    assert all(check["passed"] for check in rules.values())
    assert rules["no_consent"]["seen"].startswith("granted, checkout, ")
    assert rules["sold_out"]["seen"] == "Wool blanket"


@pytest.mark.parametrize("hours_ago", [1, 3.9, 73, 24 * 300])
def test_a_cart_that_is_fresh_or_too_old_is_left_alone(flow, blanket, hours_ago):
    agree()
    make_cart(hours_ago=hours_ago, variant=blanket)

    assert plan(NOW) == 0


@pytest.mark.parametrize("status", [Flow.Status.DRAFT, Flow.Status.PAUSED])
def test_a_flow_that_is_not_live_plans_nothing(flow, cart, status):
    Flow.objects.update(status=status, paused_at=NOW)

    assert plan(NOW) == 0


def test_carts_without_address_without_lines_or_no_longer_open_are_left_alone(flow, blanket):
    agree()
    make_cart(email="", variant=blanket)
    Cart.objects.create(email=ADA, active_at=NOW - timedelta(hours=5))
    make_cart(variant=blanket, status=Cart.Status.ORDERED, ordered_at=NOW)

    assert plan(NOW) == 0


def test_without_consent_the_message_is_skipped_and_says_so(flow, blanket):
    make_cart(variant=blanket)
    plan(NOW)

    message = Message.objects.get()
    assert (message.status, message.reason) == (Message.Status.SKIPPED, "no_consent")


def test_a_suppressed_address_is_skipped(flow, cart):
    consent.suppress(ADA, "complained")
    plan(NOW)

    assert reasons() == ["suppressed"]


def test_a_cart_whose_goods_are_all_sold_out_is_skipped(flow):
    agree()
    make_cart(variant=make_variant(stock=0))
    plan(NOW)

    assert reasons() == ["sold_out"]


def test_one_person_is_reminded_of_one_cart_a_week(flow, cart, blanket):
    make_cart(variant=blanket, hours_ago=4.5)
    plan(NOW)

    assert reasons() == ["", "entered_lately"]


def test_a_customer_is_reached_at_the_address_of_the_account(flow, blanket, ada):
    agree()
    make_cart(email="", customer=ada, variant=blanket)
    plan(NOW)

    assert Message.objects.get().address == ADA


def test_who_ordered_with_another_cart_since_is_skipped(flow, cart):
    make_order(email="ADA@example.com", placed_at=NOW - timedelta(hours=1))
    plan(NOW)

    assert reasons() == ["ordered_since"]


def test_an_order_before_the_cart_was_last_touched_does_not_matter(flow, cart):
    make_order(email=ADA, placed_at=NOW - timedelta(hours=9))
    plan(NOW)

    assert reasons() == [""]


def test_while_a_payment_is_in_progress_the_message_waits(flow, cart):
    make_order(cart=cart, status="pending")
    plan(NOW)

    message = Message.objects.get()
    assert message.status == Message.Status.PLANNED
    assert message.planned_for > NOW


def test_more_carts_than_one_batch_are_all_planned(flow, blanket, monkeypatch):
    monkeypatch.setattr("marketing.actions.enrolling.BATCH", 2)
    monkeypatch.setattr("marketing.actions.advancing.BATCH", 2)
    for number in range(5):
        make_cart(email=f"p{number}@example.com", variant=blanket)

    assert plan(NOW) == 5
