"""What happens between planning and sending decides: every reason not to write is looked at again."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail

from customers import consent
from marketing import tokens
from marketing.actions.reminders import dispatch, plan
from marketing.models import Flow, Message, Template, TemplateVersion
from orders.models import Cart, CartLine
from tests.makers import make_product, make_variant
from tests.marketing.conftest import ADA, NOW, add_line, letter, make_cart
from tests.marketing.orders import make_order

SOON = NOW + timedelta(minutes=1)


@pytest.fixture
def planned(flow, cart) -> Message:
    plan(NOW)
    return Message.objects.get()


def state(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.status, message.reason


def test_a_planned_message_goes_out_once(planned):
    assert [dispatch(SOON), dispatch(SOON)] == [1, 0]

    assert [m.to for m in mail.outbox] == [[ADA]]
    assert state(planned)[0] == Message.Status.HANDED_OVER


def test_the_letter_says_what_is_in_the_cart_and_how_to_leave(planned):
    dispatch(SOON)
    sent = mail.outbox[0]
    html = sent.alternatives[0].content

    assert sent.subject == "1 things wait for you"
    assert "Still thinking, Ada?" in html
    assert "Wool blanket" in sent.body
    assert ">Vitrina<" in html
    assert "€49.00" in sent.body
    assert tokens.token_for(planned) in html
    leave = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert urlsplit(leave).path.startswith("/unsubscribe/")
    assert leave in sent.body
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.extra_headers["Message-ID"] == f"<message-{planned.pk}@localhost>"


def test_what_was_sent_is_kept_in_the_row(planned):
    dispatch(SOON)
    planned.refresh_from_db()

    assert planned.html == mail.outbox[0].alternatives[0].content
    assert planned.text == mail.outbox[0].body
    assert len(planned.html) < 60_000


def test_the_letter_speaks_the_language_of_the_cart(flow, cart):
    Cart.objects.update(language="es")
    plan(NOW)
    dispatch(SOON)

    assert mail.outbox[0].subject == "Te esperan 1 cosas"
    assert "/es/go/" in mail.outbox[0].body


def test_what_was_sold_out_meanwhile_is_left_out_of_the_letter(planned, cart):
    add_line(cart, make_variant(make_product("Last lamp"), stock=0))
    dispatch(SOON)

    assert "Wool blanket" in mail.outbox[0].body
    assert "Last lamp" not in mail.outbox[0].body


def order_placed(cart):
    make_order(email=ADA, placed_at=NOW)


def order_paid_with_this_cart(cart):
    make_order(cart=cart, placed_at=NOW, payment_status="paid", paid_at=NOW)
    Cart.objects.update(status=Cart.Status.ORDERED, ordered_at=NOW)


def order_cancelled_afterwards(cart):
    make_order(email=ADA, placed_at=NOW)
    type(make_order(email=ADA)).objects.update(status="cancelled", cancelled_at=NOW)


def cart_emptied(cart):
    CartLine.objects.all().delete()


def cart_merged(cart):
    Cart.objects.update(status=Cart.Status.MERGED)


def cart_deleted(cart):
    Cart.objects.all().delete()


def goods_sold_out(cart):
    cart.lines.get().variant.levels.update(on_hand=0)


def goods_no_longer_sold(cart):
    cart.lines.get().variant.delete()


def left_the_list(cart):
    consent.withdraw(ADA, "unsubscribe")


def address_bounced(cart):
    consent.suppress(ADA, "bounced")


@pytest.mark.parametrize(
    ("happened", "reason"),
    [
        (order_placed, "ordered_since"),
        (order_paid_with_this_cart, "cart_closed"),
        (order_cancelled_afterwards, "ordered_since"),
        (cart_emptied, "cart_empty"),
        (cart_merged, "cart_closed"),
        (cart_deleted, "cart_closed"),
        (goods_sold_out, "sold_out"),
        (goods_no_longer_sold, "sold_out"),
        (left_the_list, "no_consent"),
        (address_bounced, "suppressed"),
    ],
)
def test_nothing_is_sent_when_meanwhile(planned, cart, happened, reason):
    happened(cart)

    assert dispatch(SOON) == 0
    assert mail.outbox == []
    assert state(planned) == (Message.Status.SKIPPED, reason)


def test_after_the_deadline_nothing_is_sent(planned):
    dispatch(NOW + timedelta(hours=80))

    assert state(planned) == (Message.Status.SKIPPED, "too_late")


def test_a_paused_flow_keeps_its_messages_and_drops_those_that_grow_too_old(planned):
    Flow.objects.update(status=Flow.Status.PAUSED, paused_at=NOW)

    assert dispatch(SOON) == 0
    assert state(planned)[0] == Message.Status.PLANNED
    dispatch(NOW + timedelta(hours=80))
    assert state(planned) == (Message.Status.SKIPPED, "too_late")


def test_a_payment_in_progress_holds_the_message_and_its_end_decides(planned, cart):
    order = make_order(cart=cart, status="pending")

    assert dispatch(SOON) == 0
    assert state(planned)[0] == Message.Status.PLANNED
    order.status = "cancelled"
    order.save()
    assert dispatch(SOON + timedelta(hours=1)) == 1


def test_a_cart_that_is_in_use_again_waits_its_time_anew(planned, cart):
    Cart.objects.update(active_at=NOW)

    assert dispatch(SOON) == 0
    assert dispatch(NOW + timedelta(hours=3)) == 0
    assert dispatch(NOW + timedelta(hours=5)) == 1


def test_a_second_cart_of_the_same_person_is_not_written_to_in_the_same_week(planned, blanket, flow):
    dispatch(SOON)
    make_cart(variant=blanket, hours_ago=4.5)
    plan(SOON)

    assert dispatch(SOON) == 0
    assert len(mail.outbox) == 1


def test_words_that_cannot_be_filled_in_fail_and_stop_nobody_else(planned, flow):
    broken = letter(body={"en": "{{ nonsense }}"})
    TemplateVersion.objects.create(template=Template.objects.get(), number=2, content=broken)

    assert dispatch(SOON) == 0
    assert state(planned) == (Message.Status.FAILED, "cannot_be_written")
    assert "nonsense" in planned.decision["error"]


def test_a_name_is_filled_in_and_never_read_as_a_template(flow, cart):
    Cart.objects.update(name="{{shop}}<b>")
    plan(NOW)
    dispatch(SOON)

    assert "{{shop}}&lt;b&gt;?" in mail.outbox[0].alternatives[0].content
