"""The list of orders: saved views, search, the packing list, and its price in queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.admin.large import FirstPages
from customers.models import Mail
from orders.actions.payments import mark_paid
from orders.models import Order
from tests.customers.office import clerk_with
from tests.orders.conftest import NOW, place

pytestmark = pytest.mark.django_db
LIST = "admin:orders_order_changelist"


@pytest.fixture
def clerk(client):
    client.force_login(clerk_with("view_order"))


def numbers(client, query: str) -> set[str]:
    response = client.get(f"{reverse(LIST)}?{query}")
    assert response.status_code == 200
    return {order.number for order in response.context["cl"].result_list}


def test_each_saved_view_holds_its_orders(client, clerk, blanket):
    unpaid, ready, gone = place(blanket), place(blanket), place(blanket)
    for order in (ready, gone):
        mark_paid(order)
    Order.objects.filter(pk=gone.pk).update(status="cancelled")
    Order.objects.filter(pk=ready.pk).update(promised_on=NOW.date() - timedelta(days=1))

    assert numbers(client, "view=pack") == {ready.number}
    assert numbers(client, "view=money") == {unpaid.number}
    assert ready.number in numbers(client, "view=late")
    assert numbers(client, "view=cancelled") == {gone.number}
    assert numbers(client, "view=sent") == set()
    assert numbers(client, "") == {unpaid.number, ready.number, gone.number}
    assert numbers(client, "view=nonsense") == numbers(client, "")


@pytest.mark.parametrize(
    "words", ["ada@example", "Byron", "wool blan", "SKU-", "V-", "600 123", "+34600123456", "byron ada"]
)
def test_an_order_is_found_by_what_a_buyer_says(client, clerk, blanket, words):
    order = place(blanket, phone="+34 600 123 456")
    other = place(blanket, email="ben@nowhere.example")
    other.words.all().delete()
    words = order.number if words == "V-" else words

    assert numbers(client, f"q={words}") == {order.number}
    assert numbers(client, "q=somebody-else") == set()


def test_the_packing_list_holds_what_is_to_pack_and_nothing_else(client, clerk, blanket):
    ready, unpaid = place((blanket, 3)), place(blanket)
    mark_paid(ready)
    sheet = reverse("admin:orders_order_packing")
    text = client.get(sheet).content.decode()

    assert ready.number in text
    assert "Calle Mayor 1" in text
    assert "3 pieces in all" in text
    assert unpaid.number not in text
    assert "1 chosen order is not to pack" in client.get(f"{sheet}?orders={ready.pk},{unpaid.pk}").content.decode()
    assert client.get(f"{sheet}?orders=x,9999999999999999999999,").status_code == 200


def test_chosen_orders_go_to_the_packing_list(client, clerk, blanket):
    order = place(blanket)
    mark_paid(order)
    response = client.post(reverse(LIST), {"action": "packing_list", "_selected_action": [order.pk]})

    assert response.url == f"{reverse('admin:orders_order_packing')}?orders={order.pk}"


def test_many_parcels_are_sent_after_one_question(client, blanket):
    client.force_login(clerk_with("view_order", "change_order"))
    ready, unpaid = [place(blanket), place(blanket)], place(blanket)
    for order in ready:
        mark_paid(order)
    chosen = {"action": "ship_chosen", "_selected_action": [order.pk for order in (*ready, unpaid)]}

    assert "Mark 2 parcels as sent?" in client.post(reverse(LIST), chosen).content.decode()
    assert not Order.objects.filter(fulfilment_status="fulfilled").exists()
    for _ in range(2):
        client.post(reverse(LIST), {**chosen, "confirmed": "1"})
    assert set(Order.objects.filter(fulfilment_status="fulfilled")) == set(ready)
    assert Mail.objects.filter(key__startswith="order-shipped:").count() == 2


def test_who_may_only_read_sends_no_parcels(client, clerk, blanket):
    order = place(blanket)
    mark_paid(order)
    client.post(reverse(LIST), {"action": "ship_chosen", "confirmed": "1", "_selected_action": [order.pk]})

    assert not Order.objects.filter(fulfilment_status="fulfilled").exists()


def test_the_list_does_not_ask_more_for_more_orders(client, clerk, blanket):
    place(blanket)
    few = _queries(client)
    for _ in range(4):
        place(blanket)

    assert _queries(client) == few <= 14


def _queries(client) -> int:
    client.get(reverse(LIST))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(LIST))
    return len(asked)


def test_no_more_orders_are_counted_than_anybody_turns_pages_for(client, clerk, blanket, monkeypatch):
    for _ in range(3):
        place(blanket)
    assert b"Only the newest" not in client.get(reverse(LIST)).content

    monkeypatch.setattr(FirstPages, "MOST", 2)
    response = client.get(reverse(LIST))

    assert response.context["cl"].result_count == 2
    assert "Only the newest 2 are listed" in response.content.decode()
