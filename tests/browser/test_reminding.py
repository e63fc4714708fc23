"""A cart left behind is noticed by the clock, and its owner is written to once."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from customers import consent
from marketing.actions import reminders
from marketing.models import Message
from orders.models import Cart
from tests.marketing.conftest import make_flow

ADA = "ada@example.com"


@pytest.fixture
def flow(blanket):
    return make_flow()


def leaves_a_cart(guest, agrees: bool = True, email: str = ADA, name: str = "") -> None:
    """Puts a blanket in the cart, types the address at the checkout, and is called away."""
    guest.goes_to("/p/wool-blanket/")
    guest.presses("Put in the cart")
    guest.sees("“%(name)s” is in your cart.", name="Wool blanket")
    guest.goes_to("/checkout/")
    guest.fills(**{"E-mail": email}, **({"Full_name": name} if name else {}))
    if agrees:
        guest.page.get_by_role("checkbox", name="Remind me").check()
    guest.chooses("bank transfer")
    guest.page.get_by_role("button", name=re.compile("^Place order for")).click()
    guest.sees("Please mend")


def clock_runs(hours: float) -> None:
    """Every clock job of the reminders, so many hours from now; twice, as a doubled tick would."""
    now = timezone.now() + timedelta(hours=hours)
    for _ in range(2):
        reminders.plan(now)
        reminders.dispatch(now)


def links(letter) -> list[str]:
    return re.findall(r"https?://\S+", letter.body)


@pytest.mark.parametrize("javascript", [False, True])
def test_exactly_one_reminder_that_brings_the_cart_back(visitor, flow, javascript):
    leaves_a_cart(visitor(javascript=javascript))

    clock_runs(hours=1)
    assert mail.outbox == []
    for hours in (5, 6, 30, 80):
        clock_runs(hours)

    (reminder,) = mail.outbox
    assert reminder.to == [ADA]
    assert Message.objects.get().status == Message.Status.HANDED_OVER
    another_device = visitor(javascript=javascript)
    back = next(link for link in links(reminder) if "/go/" in link)
    another_device.goes_to(back)
    another_device.at("/cart/")
    another_device.page.get_by_role("link", name="Wool blanket").wait_for()
    another_device.is_content()


def test_leaving_the_list_takes_one_press_and_counts_at_once(visitor, flow):
    guest = visitor(javascript=False)
    leaves_a_cart(guest)
    clock_runs(hours=5)
    leave = next(link for link in links(mail.outbox[0]) if "/unsubscribe/" in link)

    reader = visitor(javascript=False)
    reader.goes_to(leave)
    assert consent.may_write(ADA), "Looking at the page changes nothing."
    reader.presses("Stop writing to me")

    reader.sees("Done: we write no more")
    assert not consent.may_write(ADA)
    Cart.objects.update(active_at=timezone.now() + timedelta(days=20))
    Message.objects.update(key="an older cart", cart=None)
    clock_runs(hours=24 * 20 + 5)
    assert len(mail.outbox) == 1


def test_who_did_not_agree_is_not_written_to(visitor, flow):
    leaves_a_cart(visitor(), agrees=False)

    clock_runs(hours=5)

    assert mail.outbox == []
    assert Message.objects.get().reason == "no_consent"


def test_who_has_ordered_is_not_reminded(visitor, flow):
    guest = visitor(javascript=False)
    leaves_a_cart(guest)
    guest.fills(Full_name="Ada Byron", Street_and_number="Calle Mayor 1", Postcode="28013", Town="Madrid")
    guest.page.get_by_role("button", name=re.compile("^Place order for")).click()
    guest.sees("Thank you")

    clock_runs(hours=5)

    assert [letter.to for letter in mail.outbox] == [[ADA]]
    assert "100001" in mail.outbox[0].subject + mail.outbox[0].body
    assert not Message.objects.exists()
