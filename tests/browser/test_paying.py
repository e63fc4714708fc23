"""Every way to pay that is not a guest's card, transfer or money at the door, from the cart to the thanks."""

import re

from django.conf import settings
from django.test import Client
from django.utils import timezone

from orders.actions import credit, payments
from orders.actions.amendments import Wish, amend
from orders.models import AccountTerms, DeliveryMethod, Order, Supplement
from orders.tokens import order_url
from tests.browser.test_buying import make_clerk, types_the_address
from tests.makers import make_cart, make_customer, make_gift_card, make_promotion
from tests.orders.card import charge_with_the_parcel, on_shelf
from tests.orders.conftest import place

ONE = 4900 + 490


def at_the_checkout(visitor, customer=None):
    """Somebody with one blanket in the cart; a customer has signed in before."""
    guest = visitor()
    if customer:
        signs_in(guest, customer)
    else:
        guest.goes_to("/p/wool-blanket/")
        guest.presses("Put in the cart")
        guest.sees("“%(name)s” is in your cart.", name="Wool blanket")
    guest.goes_to("/checkout/")
    return guest


def signs_in(guest, customer) -> None:
    client = Client()
    client.force_login(customer)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    guest.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": settings.SITE_URL}])


def pays(guest) -> None:
    """On Stripe's page."""
    guest.page.get_by_label("Card number").fill("4242424242424242")
    guest.page.get_by_role("button", name="Pay").click()


def thanked(guest, sentence: str, **words) -> Order:
    guest.at("/orders/")
    assert guest.heading() == "Thank you"
    guest.sees(sentence, **words)
    guest.is_content()
    return Order.objects.placed().get()


def test_at_once_the_card_page_asks_for_all_there_is_to_ask(visitor, blanket, stripe):
    guest = at_the_checkout(visitor)
    guest.goes_to("/cart/")
    guest.presses("Pay %(sum)s at once", sum="€53.90")
    for label, typed in {
        "E-mail": "ada@example.com", "Full name": "Ada Byron", "Address line 1": "Calle Mayor 1",
        "Postal code": "28013", "City": "Madrid", "Phone number": "+34 600 123 456",
    }.items():  # fmt: skip
        guest.page.get_by_label(label).fill(typed)
    pays(guest)

    order = thanked(guest, "%(sum)s paid.", sum="€53.90")

    assert (order.email, order.addresses.get().line1) == ("ada@example.com", "Calle Mayor 1")
    assert (stripe.captured(), stripe.held(), on_shelf(blanket)) == (ONE, 0, (5, 1))


def test_a_card_is_held_and_charged_when_a_clerk_sends_the_parcel(visitor, blanket, stripe):
    charge_with_the_parcel()
    guest = at_the_checkout(visitor)
    types_the_address(guest)
    guest.chooses("card")
    guest.places_the_order("Pay %(sum)s", sum="€53.90")
    pays(guest)
    order = thanked(guest, "Your card holds %(sum)s for us and is charged when the parcel leaves.", sum="€53.90")
    assert (stripe.held(), stripe.captured()) == (ONE, 0)

    clerk = visitor()
    signs_in(clerk, make_clerk())
    clerk.page.goto(f"/admin/orders/order/{order.pk}/change/")
    clerk.presses("Mark as sent")
    clerk.page.get_by_text(f"Order {order.number} is on its way.").wait_for()

    assert (stripe.held(), stripe.captured()) == (0, ONE)
    guest.page.reload()
    guest.sees("%(sum)s paid.", sum="€53.90")


def test_a_company_buys_on_account(visitor, blanket):
    company = make_customer("cafe@example.com", name="Café Central")
    AccountTerms.objects.create(customer=company, currency="EUR", days=30, limit=20000)
    make_cart(blanket, customer=company)
    guest = at_the_checkout(visitor, company)
    guest.fills(Full_name="Ada Byron", Street_and_number="Calle Mayor 1", Postcode="28013", Town="Madrid")
    guest.chooses("on account")
    guest.places_the_order("Place order for %(sum)s", sum="€53.90")

    order = thanked(guest, "What happened so far")

    assert (order.customer, order.payment_status) == (company, "unpaid")
    assert order.due_on == timezone.localdate() + timezone.timedelta(days=30)


def test_a_gift_card_pays_a_part_and_the_card_the_rest(visitor, blanket, stripe):
    gift = make_gift_card(2000)
    guest = at_the_checkout(visitor)
    types_the_address(guest)
    guest.page.get_by_text("Pay with a gift card").click()
    guest.page.get_by_label("Code of the gift card").fill(credit.code_of(gift))
    guest.presses("Use it")
    guest.page.get_by_text("€20.00 on it").wait_for()
    assert guest.page.get_by_label("Full name").first.input_value() == "Ada Byron"
    guest.chooses("card")
    guest.places_the_order("Pay %(sum)s", sum="€33.90")
    pays(guest)

    order = thanked(guest, "%(sum)s paid.", sum="€53.90")

    gift.refresh_from_db()
    assert (gift.balance, stripe.captured(), order.credit_total) == (0, ONE - 2000, 2000)


def test_store_credit_pays_all_of_it(visitor, blanket, stripe):
    ada = make_customer("ada@example.com", name="Ada Byron")
    credit.credit_customer(ada, 10000, "EUR", timezone.now())
    make_cart(blanket, customer=ada)
    guest = at_the_checkout(visitor, ada)
    guest.presses("Use your store credit of %(sum)s", sum="€100.00")
    guest.page.get_by_role("button", name="Remove").wait_for()
    guest.fills(Street_and_number="Calle Mayor 1", Postcode="28013", Town="Madrid")
    guest.places_the_order("Place the order")

    order = thanked(guest, "%(sum)s paid.", sum="€53.90")

    assert (order.to_pay, order.payment_status, stripe.sessions) == (0, "paid", {})


def test_what_costs_nothing_asks_for_no_way_to_pay(visitor, blanket, stripe):
    DeliveryMethod.objects.update(price=0)
    make_promotion(percent=100)
    guest = at_the_checkout(visitor)
    assert not guest.page.get_by_role("radio", name="card").count()
    types_the_address(guest)
    guest.places_the_order("Place the order")

    order = thanked(guest, "Nothing to pay.")

    assert (order.total, order.payment_status, stripe.sessions) == (0, "paid", {})


def test_what_was_added_to_a_paid_order_is_paid_on_its_page(visitor, blanket, stripe):
    order = place(blanket, now=timezone.now())
    payments.mark_paid(order)
    amend(order, Wish({order.lines.get().pk: 2}), "she rang")
    guest = visitor()
    guest.page.goto(re.sub(r"^https?://[^/]+", "", order_url(order)))
    guest.sees("Still to be paid")
    guest.presses("Pay %(sum)s by card", sum="€49.00")
    pays(guest)

    guest.at("/orders/")
    guest.page.get_by_text("Still to be paid").wait_for(state="detached")

    assert Supplement.objects.get().status == Supplement.Status.SETTLED
    assert (stripe.captured(), on_shelf(blanket)) == (4900, (5, 2))
