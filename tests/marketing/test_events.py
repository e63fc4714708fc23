"""The log of what happened, the funnel, and which goods are wanted."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from catalog.models import Product
from marketing.actions import popularity
from marketing.actions.events import record
from marketing.models import Event, Message
from marketing.queries.flow_numbers import numbers_of
from marketing.queries.funnel import funnel
from orders import events
from orders.actions import history
from orders.models import Order, OrderLine
from tests.makers import make_product, make_variant
from tests.marketing.conftest import ADA, NOW
from tests.marketing.orders import make_order

pytestmark = pytest.mark.django_db


def test_a_fact_told_twice_is_written_once():
    for _time in range(2):
        record(Event.Type.VIEWED, product=make_product(), dedupe_key="a")
        record(Event.Type.VIEWED)

    assert Event.objects.count() == 3


def test_announced_orders_become_facts_once():
    order = make_order()
    for _time in range(2):
        for news in (events.order_placed, events.order_paid, events.order_changed):
            history.tell_log(news, order, NOW)
        events.order_placed.send(sender=Order, order_id=order.pk)

    told = Event.objects.order_by("pk")
    assert [(fact.type, fact.profile.email, fact.value) for fact in told] == [
        ("order_placed", ADA, 4900),
        ("order_paid", ADA, 4900),
    ]


def test_a_fact_is_undone_with_what_it_tells_of():
    order = make_order()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        history.tell_log(events.order_placed, order, NOW)
        1 / 0  # noqa: B018

    assert not Event.objects.exists()


def sell(variant, quantity: int, when) -> None:
    order = make_order(placed_at=when)
    total = variant.price * quantity
    OrderLine.objects.create(
        order=order, variant=variant, product_name="x", sku=variant.sku, kind="physical", quantity=quantity,
        unit_price=variant.price, tax_rate_bp=0, net=total, tax=0, gross=total,
    )  # fmt: skip


def test_what_was_bought_and_looked_at_lately_is_popular():
    looked, bought, forgotten = make_product("Cup"), make_variant(), make_variant()
    Product.objects.filter(pk=forgotten.product_id).update(popularity=500)
    now = timezone.now()
    for _time in range(3):
        record(Event.Type.VIEWED, product=looked)
    sell(bought, 2, now - timedelta(days=59))
    sell(forgotten, 9, now - timedelta(days=61))

    assert popularity.refresh(now) == 3
    assert popularity.refresh(now) == 0
    scores = dict(Product.objects.values_list("pk", "popularity"))
    assert scores == {looked.pk: 3, bought.product_id: 40, forgotten.product_id: 0}


def test_the_funnel_counts_by_day_and_by_week():
    record(Event.Type.VIEWED)
    record(Event.Type.ADDED)
    Event.objects.update(occurred_at=NOW)
    make_order(placed_at=NOW - timedelta(days=1), payment_status="paid", paid_at=NOW)

    days = funnel(NOW - timedelta(days=7), NOW + timedelta(days=1))
    assert [(d.begins_on, d.views, d.adds, d.orders, d.paid) for d in days] == [
        (date(2026, 11, 19), 0, 0, 1, 0),
        (date(2026, 11, 20), 1, 1, 0, 1),
    ]
    week = funnel(NOW - timedelta(days=7), NOW + timedelta(days=1), by_week=True)
    assert [(w.begins_on, w.views, w.orders, w.paid) for w in week] == [(date(2026, 11, 16), 1, 1, 1)]


def test_a_flow_counts_what_became_of_its_messages(flow):
    def message(number, **fields):
        fields = {"address": ADA, "language": "en", "planned_for": NOW, "deadline": NOW, **fields}
        Message.objects.create(key=f"k{number}", flow=flow, **fields)

    message(1, status="handed_over", handed_over_at=NOW, claimed_at=NOW, clicked_at=NOW)
    message(2, status="handed_over", handed_over_at=NOW, claimed_at=NOW, clicked_at=NOW, address="ben@example.com")
    message(3, status="skipped", reason="sold_out")
    make_order(email="Ada@Example.com", placed_at=NOW + timedelta(days=4))
    make_order(email="ben@example.com", placed_at=NOW + timedelta(days=6))

    numbers = numbers_of(flow)
    assert (numbers.sent, numbers.clicked, numbers.ordered) == (2, 2, 1)
    assert numbers.by_reason == {"sold_out": 1}
