"""A buyer who pays when the last piece is gone is told the truth, and gets his money back."""

from datetime import timedelta

from django.core import mail
from django.utils import timezone

from catalog.models import StockLevel
from orders.actions import reservations
from orders.models import Order
from tests.browser.test_buying import TOTAL, finds_and_adds, types_the_address
from tests.orders.card import on_shelf


def test_paid_too_late_with_nothing_left(visitor, blanket, stripe):
    guest = visitor(javascript=False)
    finds_and_adds(guest)
    guest.follows("Go to checkout")
    types_the_address(guest)
    guest.chooses("card")
    guest.places_the_order("Pay %(sum)s", sum=guest.sum(TOTAL))
    given_up_and_sold(stripe)

    guest.page.get_by_role("button", name="Pay").click()

    guest.at("/orders/")
    guest.sees("What you paid goes back the way it came.")
    order = Order.objects.get()
    assert (order.status, order.payment_status, order.number) == ("cancelled", "refunded", None)
    assert stripe.refunded() == stripe.captured() == TOTAL
    assert on_shelf(blanket) == (1, 0)
    (letter,) = mail.outbox
    assert letter.to == ["ada@example.com"]


def given_up_and_sold(stripe) -> None:
    """Two hours pass in which Stripe does not answer us; then there is one piece left, too few."""
    stripe.fail_next("/v1/checkout/sessions/*", 503, times=2)
    assert reservations.release_expired(timezone.now() + timedelta(hours=2)) == 1
    StockLevel.objects.update(on_hand=1)
