"""A guest buys on a phone, with scripts and without; the clerk sends the parcel."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.core import mail

from catalog.models import StockMovement
from customers.models import Customer
from orders.models import Order, ProviderEvent
from tests.browser.conftest import DESK, PHONE
from tests.makers import make_customer
from tests.orders.card import on_shelf

TOTAL = 2 * 4900 + 490


def finds_and_adds(guest) -> None:
    """From the first page to two blankets in the cart, by searching."""
    name = "Manta de lana" if guest.language == "es" else "Wool blanket"
    guest.goes_to("/")
    guest.page.get_by_role("searchbox").or_(guest.page.get_by_role("combobox")).first.fill(name)
    guest.page.keyboard.press("Enter")
    guest.page.get_by_role("link", name=name).first.click()
    guest.fills(How_many="2")
    guest.presses("Put in the cart")


def types_the_address(guest) -> None:
    guest.fills(**{"E-mail": "ada@example.com"})
    guest.page.get_by_label(guest.words("Country")).first.select_option("ES")
    guest.fills(Full_name="Ada Byron", Street_and_number="Calle Mayor 1", Postcode="28013", Town="Madrid")


def pays_by_card(guest, card: str = "4242424242424242") -> None:
    guest.chooses("card")
    guest.places_the_order("Pay %(sum)s", sum=guest.sum(TOTAL))
    guest.page.get_by_label("Card number").fill(card)
    guest.page.get_by_role("button", name="Pay").click()


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_guest_buys_by_phone_without_javascript(visitor, blanket, stripe, language):
    guest = visitor(language, javascript=False)

    finds_and_adds(guest)
    guest.follows("Go to checkout")
    types_the_address(guest)
    pays_by_card(guest)

    guest.at("/orders/")
    assert guest.heading() == guest.words("Thank you")
    order = Order.objects.get()
    guest.sees("Your order %(number)s has arrived here.", number=order.number)
    assert (order.status, order.payment_status, order.total) == ("placed", "paid", TOTAL)
    assert order.language == language
    assert stripe.captured() == TOTAL
    assert ProviderEvent.objects.filter(type="checkout.session.completed", status="done").count() == 1
    assert on_shelf(blanket) == (5, 2)
    letter_is_in(language, order)
    guest.is_content()
    clerk_ships(visitor(viewport=DESK), order)
    parcel_is_on_its_way(guest, order, blanket)


def test_a_guest_buys_by_phone_with_javascript(visitor, blanket, stripe):
    guest = visitor("en")
    stripe.delivery = "twice"

    suggested(guest, "blan", "Wool blanket")
    guest.fills(How_many="2")
    guest.presses("Put in the cart")
    # In place: the address stays, the confirmation is read aloud, the head counts.
    guest.sees("“%(name)s” is in your cart.", name="Wool blanket")
    guest.at("/p/wool-blanket/")
    guest.page.get_by_role("link", name="Cart, 2 items").wait_for()
    guest.follows("To the cart")
    guest.follows("Go to checkout")
    types_the_address(guest)
    pays_by_card(guest)

    guest.at("/orders/")
    assert guest.heading() == "Thank you"
    order = Order.objects.get()
    assert (order.payment_status, stripe.captured()) == ("paid", TOTAL)
    assert on_shelf(blanket) == (5, 2)
    letter_is_in("en", order)
    guest.is_content()
    clerk_ships(visitor(viewport=PHONE), order)
    parcel_is_on_its_way(guest, order, blanket)


def suggested(guest, typed: str, wanted: str) -> None:
    """Type a few letters and take what the shop suggests."""
    guest.goes_to("/")
    field = guest.page.get_by_role("combobox", name=guest.words("Search the shop")).first
    field.press_sequentially(typed)
    guest.page.get_by_role("option", name=wanted).wait_for()
    field.press("ArrowDown")
    field.press("Enter")
    guest.at("/p/")


@pytest.mark.parametrize("delivery", ["after", "reversed", "never"])
def test_the_buyer_may_be_back_before_the_webhook_or_without_it(visitor, blanket, stripe, delivery):
    guest = visitor(javascript=False)
    stripe.delivery = delivery

    finds_and_adds(guest)
    guest.follows("Go to checkout")
    types_the_address(guest)
    pays_by_card(guest)

    guest.at("/orders/")
    assert guest.heading() == "Thank you"
    stripe.wait()
    stripe.deliver()
    assert Order.objects.get().payment_status == "paid"
    assert len(mail.outbox) == 1


def test_a_card_that_is_declined_and_a_change_of_mind(visitor, blanket, stripe):
    guest = visitor(javascript=False)
    finds_and_adds(guest)
    guest.follows("Go to checkout")
    types_the_address(guest)
    pays_by_card(guest, card="4000000000000002")
    guest.page.get_by_role("alert").get_by_text("declined").wait_for()
    guest.page.get_by_role("link", name="Back").click()

    guest.follows("Choose another way to pay")
    guest.chooses("bank transfer")
    guest.places_the_order("Place order for %(sum)s", sum=guest.sum(TOTAL))

    guest.at("/orders/")
    assert guest.heading() == "Thank you"
    order = Order.objects.placed().get()
    assert (order.number, order.payment_status) == ("100001", "unpaid")
    assert [session["status"] for session in stripe.sessions.values()] == ["expired"]
    assert on_shelf(blanket) == (5, 2)


def test_with_the_bank_away_another_way_is_offered_and_nothing_is_lost(visitor, blanket, stripe):
    guest = visitor(javascript=False)
    finds_and_adds(guest)
    guest.follows("Go to checkout")
    types_the_address(guest)
    stripe.fail_next("/v1/checkout/sessions", 503, times=9)

    guest.chooses("card")
    guest.places_the_order("Pay %(sum)s", sum=guest.sum(TOTAL))

    guest.page.get_by_role("alert").get_by_text("nothing was charged").wait_for()
    assert guest.page.get_by_label("Full name").first.input_value() == "Ada Byron"
    assert on_shelf(blanket) == (5, 0)


def clerk_ships(clerk, order: Order) -> None:
    """Signs in to the back office, finds the order among those to pack, and sends it."""
    make_clerk()
    clerk.page.goto("/admin/")
    clerk.fills(**{"E-mail": "clerk@example.com", "Password": "correct horse"})
    clerk.page.get_by_role("button", name=re.compile("sign in|log in", re.I)).first.click()
    clerk.page.goto("/admin/orders/order/?view=pack")
    clerk.page.get_by_role("link", name=re.compile(order.number)).first.click()
    clerk.page.get_by_label("Tracking number").fill("TRACK123")
    clerk.presses("Mark as sent")
    clerk.page.get_by_text(f"Order {order.number} is on its way.").wait_for()


def make_clerk() -> Customer:
    clerk = make_customer("clerk@example.com", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__in=["view_order", "change_order"]))
    return clerk


def parcel_is_on_its_way(guest, order: Order, variant) -> None:
    """The shelf is right and says why; the buyer got a letter, and sees the number on the page of the order."""
    assert on_shelf(variant) == (3, 0)
    entry = StockMovement.objects.first()
    assert (entry.delta, entry.on_hand_after, entry.reason, entry.document) == (-2, 3, "shipped", order.number)
    assert len(mail.outbox) == 2
    assert "TRACK123" in mail.outbox[1].body
    guest.page.reload()
    guest.page.get_by_text("TRACK123").first.wait_for()


def letter_is_in(language: str, order: Order) -> None:
    (letter,) = [sent for sent in mail.outbox if sent.to == ["ada@example.com"]]
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert letter.extra_headers["Content-Language"] == language
    for text in (letter.body, html):
        assert order.number in text
        assert ("Manta de lana" if language == "es" else "Wool blanket") in text
