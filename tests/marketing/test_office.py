"""The back office of the writing desk."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketing.actions.reminders import dispatch, plan
from marketing.models import Event, Flow, Message
from orders.models import Cart
from tests.customers.office import clerk_with
from tests.makers import make_customer
from tests.marketing.conftest import NOW, make_cart, make_flow

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=1)


@pytest.fixture
def owner(client):
    owner = make_customer("owner@example.com", is_staff=True, is_superuser=True)
    client.force_login(owner)
    return owner


def flow_page(flow: Flow, name: str = "change") -> str:
    return reverse(f"admin:marketing_flow_{name}", args=[flow.pk])


def test_switching_asks_first_and_opening_the_question_changes_nothing(client, owner, cart):
    flow = make_flow(status=Flow.Status.DRAFT, live_since=None)
    Cart.objects.update(active_at=timezone.now() - timedelta(hours=5))
    question = client.get(flow_page(flow, "switch")).content.decode()

    assert "It was not rehearsed yet." in question
    assert Flow.objects.get().status == Flow.Status.DRAFT
    client.post(flow_page(flow, "switch"), {"now": "draft"})
    flow.refresh_from_db()
    assert flow.is_live
    assert flow.live_since
    client.post(flow_page(flow, "switch"), {"now": "draft"})
    assert Flow.objects.get().is_live
    client.post(flow_page(flow, "switch"), {"now": "live"})
    assert Flow.objects.get().status == Flow.Status.PAUSED


def test_a_flow_with_faults_is_not_switched_on_and_says_where(client, owner):
    flow = Flow.objects.create(name="Unfinished")
    response = client.post(flow_page(flow, "switch"), {"now": "draft"}, follow=True)

    assert Flow.objects.get().status == Flow.Status.DRAFT
    assert b"Choose what sets the flow off." in response.content


def test_who_may_only_look_switches_and_edits_nothing(client, flow):
    client.force_login(clerk_with("view_flow"))

    assert client.get(flow_page(flow)).status_code == 200
    assert client.post(flow_page(flow, "switch"), {"now": "live"}).status_code == 403
    assert client.post(flow_page(flow), {"edition": "0", "name": "x"}).status_code == 403
    assert Flow.objects.get().is_live


def test_each_message_tells_why_it_was_sent_or_not(client, owner, flow, cart, blanket):
    make_cart(email="ben@example.com", variant=blanket)
    plan(NOW)
    dispatch(SOON)
    rows = {m.address: m for m in Message.objects.all()}

    listed = client.get(reverse("admin:marketing_message_changelist"), {"reason": "no_consent"}).content.decode()
    assert "ben@example.com" in listed
    assert "ada@example.com" not in listed
    for row, said in ((rows["ada@example.com"], "granted, checkout"), (rows["ben@example.com"], "no consent")):
        page = client.get(reverse("admin:marketing_message_change", args=[row.pk])).content.decode()
        assert said in page
        assert "The person agreed to be written to" in page
    letter = client.get(reverse("admin:marketing_message_letter", args=[rows["ada@example.com"].pk]))
    assert "Wool blanket" in letter.content.decode()


def test_the_page_of_a_flow_shows_its_numbers_as_links(client, owner, flow, cart, blanket):
    make_cart(email="ben@example.com", variant=blanket)
    plan(NOW)
    page = client.get(flow_page(flow)).content.decode()

    assert "?reason=no_consent" in page
    assert "no consent" in page


def test_left_carts_are_listed_with_what_is_in_them(client, owner, flow, cart, blanket):
    make_cart(email="", variant=blanket)
    Cart.objects.update(active_at=timezone.now() - timedelta(hours=5))
    plan(timezone.now())
    path = reverse("admin:orders_cart_changelist")
    page = client.get(path).content.decode()

    assert "1 × Wool blanket" in page
    assert "€49.00" in page
    assert "a guest without address" in page
    assert "planned" in page
    assert b"a guest without address" not in client.get(path, {"reachable": "yes"}).content
    assert b"ada@example.com" not in client.get(path, {"reachable": "no"}).content
    for shown in ("open", "ordered", "all", "nonsense"):
        assert client.get(path, {"shown": shown, "q": "blanket"}).status_code == 200
    assert client.get(reverse("admin:orders_cart_change", args=[cart.pk])).status_code == 200


def test_a_list_of_carts_asks_the_database_as_often_for_two_as_for_ten(
    client, owner, flow, blanket, django_assert_max_num_queries
):
    for number in range(10):
        make_cart(email=f"p{number}@example.com", variant=blanket)
    Cart.objects.update(active_at=timezone.now() - timedelta(hours=5))

    with django_assert_max_num_queries(14):
        client.get(reverse("admin:orders_cart_changelist"))


def test_the_log_can_be_read(client, owner, blanket):
    Event.objects.create(type=Event.Type.VIEWED, product=blanket.product)

    assert b"Wool blanket" in client.get(reverse("admin:marketing_event_changelist")).content
