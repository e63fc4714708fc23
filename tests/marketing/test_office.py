"""The back office of the writing desk."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from customers.models import Mail
from marketing.actions.reminders import dispatch, plan
from marketing.letters import FIELDS
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


def body_of(flow: Flow, **changes) -> dict:
    words = [f"{field}_{code}" for field in FIELDS for code in ("en", "es", "ru")]
    kept = {name: getattr(flow, name) or "" for name in words}
    numbers = {"delay_minutes": 240, "deadline_hours": 72, "cooldown_days": 7}
    return {"name": flow.name, "trigger": flow.trigger, **numbers, **kept, **changes}


def flow_page(flow: Flow, name: str = "change") -> str:
    return reverse(f"admin:marketing_flow_{name}", args=[flow.pk])


def test_the_words_and_the_delay_are_edited_in_three_languages(client, owner, flow):
    response = client.post(flow_page(flow), body_of(flow, delay_minutes=60, subject_ru="Ваша корзина ждёт"))

    assert response.status_code == 302
    flow = Flow.objects.get()
    assert (flow.delay_minutes, flow.subject_ru) == (60, "Ваша корзина ждёт")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("body_es", "Hola {{ nombre }}", "There is no “nombre” to fill in."),
        ("subject_en", "", "This field is required."),
        ("heading_ru", "{% if name %}", "is not complete"),
        ("delay_minutes", "1", "15"),
        ("delay_minutes", "99999999", "10080"),
        ("subject_en", "x" * 151, "150"),
    ],
)
def test_what_cannot_be_written_is_refused_at_its_field(client, owner, flow, field, typed, sentence):
    response = client.post(flow_page(flow), body_of(flow, **{field: typed}))
    page = response.content.decode()

    assert response.status_code == 200
    assert sentence in page
    assert not typed or typed.split(" ")[0] in page
    assert Flow.objects.get().body_es != typed


def test_switching_asks_first_and_opening_the_question_changes_nothing(client, owner, cart):
    flow = make_flow(status=Flow.Status.DRAFT, live_since=None)
    Cart.objects.update(active_at=timezone.now() - timedelta(hours=5))
    question = client.get(flow_page(flow, "switch")).content.decode()

    assert "1 carts were left behind" in question
    assert Flow.objects.get().status == Flow.Status.DRAFT
    client.post(flow_page(flow, "switch"), {"now": "draft"})
    flow.refresh_from_db()
    assert flow.is_live
    assert flow.live_since
    client.post(flow_page(flow, "switch"), {"now": "draft"})
    assert Flow.objects.get().is_live
    client.post(flow_page(flow, "switch"), {"now": "live"})
    assert Flow.objects.get().status == Flow.Status.PAUSED


def test_a_flow_whose_words_would_fail_is_not_switched_on(client, owner):
    flow = make_flow(status=Flow.Status.DRAFT, body="{{ broken")
    response = client.post(flow_page(flow, "switch"), {"now": "draft"}, follow=True)

    assert Flow.objects.get().status == Flow.Status.DRAFT
    assert b"not complete" in response.content


@pytest.mark.parametrize("language", ["en", "es", "ru"])
@pytest.mark.parametrize("with_cart", [True, False])
def test_the_letter_can_be_seen_in_each_language(client, owner, flow, blanket, language, with_cart):
    if with_cart:
        make_cart(variant=blanket)
        Cart.objects.update(active_at=timezone.now() - timedelta(hours=5))
    page = client.get(flow_page(flow, "preview"), {"language": language})
    letter = client.get(flow_page(flow, "preview"), {"language": language, "part": "html"})

    assert page.status_code == 200
    assert "sandbox" in letter["Content-Security-Policy"]
    assert f'<html lang="{language}">' in letter.content.decode()
    assert "Wool blanket" in letter.content.decode()


def test_a_language_that_does_not_exist_has_no_preview(client, owner, flow):
    assert client.get(flow_page(flow, "preview"), {"language": "../x"}).status_code == 404


def test_a_test_goes_to_the_one_who_asks_and_counts_as_no_message(client, owner, flow):
    client.post(flow_page(flow, "preview") + "?language=es")

    assert Mail.objects.get().to == "owner@example.com"
    assert Mail.objects.get().subject == "Te esperan 2 cosas"
    assert not Message.objects.exists()


def test_who_may_only_look_switches_and_edits_nothing(client, flow):
    client.force_login(clerk_with("view_flow"))

    assert client.get(flow_page(flow)).status_code == 200
    assert client.post(flow_page(flow, "switch"), {"now": "live"}).status_code == 403
    assert client.post(flow_page(flow), body_of(flow, name="x")).status_code == 403
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
