"""Links in letters, and the way on and off the list."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from customers import consent
from customers.models import Consent, Mail, Suppression
from customers.tokens import CONFIRM, token_for
from marketing import tokens
from marketing.actions.reminders import dispatch, plan
from marketing.models import Message
from orders.models import Cart
from tests.makers import make_customer, make_variant
from tests.marketing.conftest import ADA, NOW, add_line, agree, blanket, cart, flow, make_cart  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict():
    """A browser whose forms are checked like a real one's."""
    return Client(enforce_csrf_checks=True)


def leave_path() -> str:
    return reverse("unsubscribe", args=[token_for(ADA)])


def test_opening_the_unsubscribe_link_changes_nothing(client):
    agree()
    for method in (client.get, client.head):
        assert method(leave_path()).status_code == 200

    assert consent.may_write(ADA)
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("body", [{"List-Unsubscribe": "One-Click"}, {}])
def test_one_press_ends_it_at_once_without_cookies_or_signing_in(strict, body):
    agree()
    response = strict.post(leave_path(), body)

    assert response.status_code == 200
    assert not consent.may_write(ADA)
    assert strict.post(leave_path(), body).status_code == 200


def test_who_left_gets_nothing_that_was_planned_already(client, flow, cart, mailoutbox):  # noqa: F811
    plan(NOW)
    client.post(leave_path())

    assert dispatch(NOW + timedelta(minutes=1)) == 0
    assert mailoutbox == []
    assert Message.objects.get().status == Message.Status.SKIPPED


def test_leaving_can_be_undone_on_the_spot(client):
    agree()
    client.post(leave_path())
    client.post(leave_path(), {"undo": "1"})

    assert consent.may_write(ADA)
    newest = Consent.objects.order_by("id").last()
    assert newest.source == "undo of unsubscribe"
    assert newest.wording


@pytest.mark.parametrize(
    "token",
    ["x", token_for(ADA, CONFIRM), token_for(ADA)[:-2], "%00", "й"],
    ids=["nonsense", "for another purpose", "cut short", "nul", "foreign letter"],
)
def test_a_forged_link_is_told_in_words_and_changes_nothing(client, token):
    agree()
    for method in (client.get, client.post):
        assert method(reverse("unsubscribe", args=[token])).status_code == 404

    assert consent.may_write(ADA)


def test_the_newsletter_writes_only_after_the_link_was_pressed(client, strict):
    response = client.post(reverse("newsletter"), {"email": " Ada@Example.com "})
    assert response.status_code == 200
    assert not consent.may_write(ADA)
    mail = Mail.objects.get()
    link = next(line for line in mail.text.splitlines() if "confirm=" in line)

    assert client.get(link).status_code == 200
    assert not consent.may_write(ADA)
    client.post(link)
    assert consent.may_write(ADA)
    assert strict.post(link).status_code == 403


def test_an_address_gets_one_such_letter_a_day_however_often_it_is_typed(client):
    for _time in range(5):
        client.post(reverse("newsletter"), {"email": ADA})

    assert Mail.objects.count() == 1


def test_the_newsletter_page_says_the_same_about_every_address(client):
    agree()
    known = client.post(reverse("newsletter"), {"email": ADA})
    new = client.post(reverse("newsletter"), {"email": "abc@example.com"})

    assert known.content.replace(ADA.encode(), b"") == new.content.replace(b"abc@example.com", b"")


def test_many_addresses_from_one_place_are_refused(client):
    answers = [client.post(reverse("newsletter"), {"email": f"p{n}@example.com"}).status_code for n in range(22)]

    assert answers == [200] * 20 + [429] * 2


@pytest.mark.parametrize("typed", ["", "ada", "a@b", "a" * 300 + "@example.com", "ada@exa\x00mple.com", "<b>@x.y"])
def test_what_is_no_address_is_said_at_the_field(client, typed):
    response = client.post(reverse("newsletter"), {"email": typed})

    assert response.status_code == 422
    assert not Mail.objects.exists()


def message_for(cart: Cart, language: str = "en") -> Message:  # noqa: F811
    plan(NOW)
    message = Message.objects.get(cart=cart)
    Message.objects.filter(pk=message.pk).update(language=language)
    return message


def go(message: Message) -> str:
    return reverse("go", args=[tokens.token_for(message)])


def test_the_link_brings_a_guests_cart_back_on_another_device(client, flow, cart):  # noqa: F811
    message = message_for(cart, "es")
    response = client.get(go(message))

    with translation.override("es"):
        assert response.url == reverse("cart")
    assert "Wool blanket" in client.get("/cart/").content.decode()
    message.refresh_from_db()
    assert message.clicked_at is not None


def test_a_robot_that_opens_the_link_changes_nothing_but_the_click(client, flow, cart, blanket):  # noqa: F811
    message = message_for(cart)
    before = list(Cart.objects.values_list("pk", "status", "active_at", "customer"))
    client.get(go(message))
    first = Message.objects.get().clicked_at
    client.get(go(message))

    assert list(Cart.objects.values_list("pk", "status", "active_at", "customer")) == before
    assert Message.objects.get().clicked_at == first


def test_a_visitor_with_a_cart_of_his_own_is_asked_before_both_become_one(client, flow, cart, blanket):  # noqa: F811
    message = message_for(cart)
    client.post(reverse("add-line"), {"sku": make_variant().sku, "quantity": 1})
    assert client.get(go(message)).status_code == 200
    assert Cart.objects.count() == 2
    client.post(go(message))
    client.post(go(message))

    mine = Cart.objects.exclude(pk=cart.pk).get()
    assert sorted(mine.lines.values_list("quantity", flat=True)) == [1, 1]


def test_the_link_to_a_customers_cart_signs_nobody_in(client, flow, blanket):  # noqa: F811
    agree()
    ada = make_customer(ADA)
    left = make_cart(customer=ada, variant=blanket)
    message = message_for(left)

    assert client.get(go(message)).status_code == 200
    client.post(go(message))

    assert "_auth_user_id" not in client.session
    copy = Cart.objects.exclude(pk=left.pk).get()
    assert copy.customer is None
    assert copy.lines.get().variant == blanket
    assert left.lines.count() == 1


def test_the_owner_who_is_signed_in_comes_straight_to_his_cart(client, flow, blanket):  # noqa: F811
    agree()
    ada = make_customer(ADA)
    message = message_for(make_cart(customer=ada, variant=blanket))
    client.force_login(ada)

    assert client.get(go(message)).url == reverse("cart")


def test_taking_a_cart_takes_what_is_left_of_it(client, flow, blanket):  # noqa: F811
    agree()
    left = make_cart(customer=make_customer(ADA), variant=blanket)
    left.lines.update(quantity=9)
    message = message_for(left)
    client.post(go(message))

    assert Cart.objects.exclude(pk=left.pk).get().lines.get().quantity == 3


def test_the_link_to_a_cart_that_was_ordered_leads_to_the_cart_page(client, flow, cart):  # noqa: F811
    message = message_for(cart)
    Cart.objects.update(status=Cart.Status.ORDERED)

    assert client.get(go(message)).status_code == 302
    assert client.cookies.get("cart") is None


@pytest.mark.parametrize("token", ["1", "1:x", "x" * 3000])
def test_a_forged_cart_link_is_told_in_words(client, token):
    assert client.get(reverse("go", args=[token])).status_code == 404
