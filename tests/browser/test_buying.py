"""A guest buys on a phone, with scripts and without; the clerk sends the parcel."""

import pytest
from django.core import mail

from orders.models import Order, ProviderEvent
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


def pays_by_card(guest) -> None:
    guest.chooses("card")
    guest.presses("Pay %(sum)s", sum=guest.sum(TOTAL))
    guest.page.get_by_label("Card number").fill("4242424242424242")
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


def letter_is_in(language: str, order: Order) -> None:
    (letter,) = [sent for sent in mail.outbox if sent.to == ["ada@example.com"]]
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert letter.extra_headers["Content-Language"] == language
    for text in (letter.body, html):
        assert order.number in text
        assert ("Manta de lana" if language == "es" else "Wool blanket") in text
