"""Orders reach the messages and roads that led to them: net of what went back, with what they cost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from marketing.actions.profiles import know_buyer
from marketing.models import Episode, Event, Message, Profile, Purchase, Touch
from marketing.reports.credits import Origin, credits_of
from marketing.reports.episodes import reached
from marketing.reports.reading import everybody, pages_read
from orders.models import Order, OrderLine
from tests.makers import make_customer
from tests.marketing.conftest import ADA, NOW
from tests.marketing.orders import make_order

BEGIN = NOW - timedelta(days=30)
SEARCH = Origin("road", source="google", medium="cpc")


def sell(email: str = ADA, days_ago: float = 0, net: int = 4000, **line) -> Order:
    order = make_order(email=email, placed_at=NOW - timedelta(days=days_ago))
    line = {"cost": 1500, "quantity": 2, **line}
    OrderLine.objects.create(
        order=order, product_name="Wool blanket", sku="B", kind="physical", unit_price=net // 2, has_tax=False,
        tax_rate_bp=0, net=net, tax=0, gross=net, **line,
    )  # fmt: skip
    know_buyer(order)
    return order


def came(profile: Profile, days_ago: float, **road) -> Touch:
    road = {"source": "google", "medium": "cpc", **road}
    return Touch.objects.create(profile=profile, occurred_at=NOW - timedelta(days=days_ago), **road)


def write(flow, profile: Profile, days_ago: float) -> Message:
    at = NOW - timedelta(days=days_ago)
    return Message.objects.create(
        key=f"k{days_ago}", flow=flow, profile=profile, address=profile.email, language="en", planned_for=at,
        deadline=at, status="handed_over", claimed_at=at, handed_over_at=at, clicked_at=at,
    )  # fmt: skip


def credited(model: str = "last") -> dict:
    found = credits_of(BEGIN, NOW + timedelta(seconds=1), model)
    return {origin: (part.orders, part.turnover, part.margin) for origin, part in found.by_origin.items()}


def test_the_last_click_gets_the_order_and_an_opened_letter_nothing(flow):
    sell()
    ada = Profile.objects.get(email=ADA)
    came(ada, 3)
    message = write(flow, ada, 1)
    # The arrival that the click caused is the same contact.
    came(ada, 0.999, source="reminder", medium="email", message=message)

    assert credited() == {Origin("flow", flow.pk): (1, 4000, 1000)}
    assert credited("linear") == {Origin("flow", flow.pk): (0.5, 2000, 500), SEARCH: (0.5, 2000, 500)}

    Message.objects.update(clicked_at=None)
    assert list(credited()) == [Origin("flow", flow.pk)]
    Touch.objects.exclude(message=None).delete()
    assert credited() == {SEARCH: (1, 4000, 1000)}


def test_what_went_back_counts_neither_as_turnover_nor_as_cost(db):
    order = sell(refunded=1, refunded_net=2000)
    came(Purchase.objects.get(order=order).profile, 1)

    assert credited() == {SEARCH: (1, 2000, 500)}


def test_goods_of_unknown_cost_have_no_margin(db):
    order = sell(cost=None)
    came(Purchase.objects.get(order=order).profile, 1)

    found = credits_of(BEGIN, NOW + timedelta(seconds=1))
    assert (found.whole.turnover, found.whole.margin, found.whole.unknown) == (4000, 0, 4000)


def test_orders_called_off_in_other_currencies_and_of_others_are_not_counted(db):
    order = sell()
    came(Purchase.objects.get(order=order).profile, 1)
    sell(email="ben@example.com")
    Order.objects.filter(email="ben@example.com").update(currency="USD")
    off = sell()
    Order.objects.filter(pk=off.pk).update(status="cancelled", cancelled_at=NOW)

    assert credited() == {SEARCH: (1, 4000, 1000)}


def test_more_orders_ask_no_more_queries(db, django_assert_num_queries):
    for number in range(4):
        sell(email=f"p{number}@example.com")

    with django_assert_num_queries(4):
        credited()


def test_steps_of_visits_and_pages_read_before_orders(db):
    sell()
    ada = Profile.objects.get(email=ADA)
    ben = Profile.objects.create(email="ben@example.com")
    for profile, step in ((ada, 4), (ben, 2)):
        begun = NOW - timedelta(days=2)
        Episode.objects.create(profile=profile, step=step, started_at=begun, ended_at=NOW if step == 4 else None)
        for _again in range(2):
            Event.objects.create(type="content_read", text="returns", profile=profile, occurred_at=begun)
    Event.objects.create(type="content_read", text="returns")

    assert [number for _label, number in reached(BEGIN, NOW)] == [2, 2, 1, 1]
    [page] = pages_read(BEGIN, NOW)
    assert (page.text, page.readers, page.buyers) == ("returns", 2, 1)
    assert everybody(BEGIN, NOW + timedelta(seconds=1)).buyers == 1


@pytest.mark.parametrize("view", ["way", "roads", "messages", "reading"])
def test_each_view_of_the_page_shows_its_numbers_or_says_that_there_are_none(client, flow, view):
    client.force_login(make_customer("irene@example.com", is_staff=True, is_superuser=True))
    address = reverse("admin:marketing_reports")
    days = {"view": view, "first": "2026-11-01", "last": "2026-11-30", "model": "linear"}
    assert client.get(address, {"view": view, "first": "2020-01-01", "last": "2020-01-31"}).status_code == 200

    sell(days_ago=1)
    ada = Profile.objects.get(email=ADA)
    came(ada, 2)
    write(flow, ada, 3)
    Event.objects.create(type="content_read", text="returns", profile=ada, occurred_at=NOW - timedelta(days=2))
    Episode.objects.create(profile=ada, step=4, started_at=NOW - timedelta(days=2), ended_at=NOW)
    text = client.get(address, days).content.decode()

    shown = {"way": "Ordered", "roads": "google · cpc", "messages": "Left carts", "reading": "returns"}
    assert shown[view] in text
    assert ("€20.00" in text) == (view in ("roads", "messages"))


def test_a_span_that_is_none_is_told_beside_the_form(client, db):
    client.force_login(make_customer("irene@example.com", is_staff=True, is_superuser=True))
    text = client.get(
        reverse("admin:marketing_reports"), {"first": "2026-11-30", "last": "2026-11-01"}
    ).content.decode()

    assert "The first day comes after the last one." in text
