"""The moment of agreement: number, letter, announcement, and what follows from money."""

from datetime import timedelta

import pytest
from django.core import mail as sent_mail
from django.utils import timezone

from customers import mail
from customers.models import Mail
from orders import events
from orders.actions import carts, confirming, withdrawing
from orders.actions.placing import NotPending, mark_placed, note_paid
from orders.models import Order
from orders.tokens import token_for
from tests.makers import make_cart, make_customer, make_product, make_variant
from tests.orders.conftest import NOW, place


@pytest.fixture
def heard():
    """What the till announced, as (signal, order id)."""
    said = []
    signals = {
        name: value for name, value in vars(events).items() if name.startswith("order_") and name != "order_noted"
    }
    listeners = []
    for name, signal in signals.items():

        def listen(order_id, name=name, **kwargs):
            said.append((name, order_id))

        signal.connect(listen)
        listeners.append((signal, listen))
    yield said
    for signal, listen in listeners:
        signal.disconnect(listen)


def history(order) -> list[str]:
    return list(order.events.values_list("type", flat=True))


def test_numbers_follow_each_other(blanket):
    assert [place(blanket).number for _ in range(3)] == ["100001", "100002", "100003"]


def test_a_withdrawn_order_leaves_no_gap(blanket):
    place(blanket)
    withdrawing.withdraw(place(blanket, payment="card"), "", NOW)

    assert place(blanket).number == "100002"


def test_placing_is_announced_after_the_commit(blanket, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        order = place(blanket)
    assert heard == []

    for callback in callbacks:
        callback()

    assert heard == [("order_placed", order.pk)]


def test_a_listener_that_fails_does_not_harm_the_order(blanket, django_capture_on_commit_callbacks):
    def broken(**kwargs):
        raise RuntimeError

    events.order_placed.connect(broken)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            order = place(blanket)
    finally:
        events.order_placed.disconnect(broken)

    assert Order.objects.placed().get() == order


def test_placing_twice_changes_nothing(blanket):
    order = place(blanket)

    mark_placed(order, NOW + timedelta(days=1))

    order.refresh_from_db()
    assert (order.number, order.placed_at) == ("100001", NOW)
    assert history(order) == ["created", "placed"]
    assert Mail.objects.count() == 1


def test_a_cancelled_order_is_not_placed(blanket):
    order = place(blanket, payment="card")
    withdrawing.withdraw(order, "", NOW)

    with pytest.raises(NotPending):
        mark_placed(order, NOW)

    order.refresh_from_db()
    assert (order.status, order.number) == ("cancelled", None)


def test_a_card_order_is_placed_when_its_money_comes(blanket):
    order = place(blanket, payment="card")

    mark_placed(order, NOW)
    assert note_paid(order, NOW)

    order.refresh_from_db()
    assert (order.status, order.payment_status, order.paid_at) == ("placed", "paid", NOW)
    assert order.lines.get().reservations.get().expires_at is None
    assert not order.cart.is_open
    assert history(order) == ["created", "placed", "paid"]


def test_money_counts_once(blanket):
    order = place(blanket)

    assert [note_paid(order, NOW), note_paid(order, NOW)] == [True, False]
    assert history(order).count("paid") == 1


def test_a_pending_order_is_not_paid(blanket):
    assert not note_paid(place(blanket, payment="card"), NOW)


def test_a_seat_in_a_workshop_leaves_the_stock_when_it_is_paid(counter):
    seat = make_variant(make_product("Workshop", kind="service"), stock=8)
    order = place((seat, 2))
    assert seat.levels.get().available == 6

    note_paid(order, NOW)

    level = seat.levels.get()
    assert (level.on_hand, level.reserved) == (6, 0)
    assert level.movements.first().document == order.number


def test_what_was_bought_leaves_the_cart_that_it_was_merged_into(blanket, guide):
    ada = make_customer()
    mine = make_cart(guide, customer=ada)
    guest = make_cart((blanket, 2))
    order = place(cart=guest, payment="card")
    carts.merge(guest, ada)

    mark_placed(order, NOW)

    assert [line.variant for line in mine.lines.all()] == [guide]


def test_an_order_that_came_too_late_takes_its_pieces_again(blanket):
    order = place((blanket, 4), payment="card")
    withdrawing.withdraw(order, "", NOW)

    assert withdrawing.restore(order, NOW)

    mark_placed(order, NOW)
    assert (order.status, blanket.levels.get().reserved) == ("placed", 4)


def test_an_order_that_came_too_late_stays_cancelled_when_its_pieces_are_sold(blanket):
    order = place((blanket, 4), payment="card")
    withdrawing.withdraw(order, "", NOW)
    place((blanket, 7))

    assert not withdrawing.restore(order, NOW)

    order.refresh_from_db()
    assert (order.status, blanket.levels.get().reserved) == ("cancelled", 7)


def test_an_order_that_came_too_late_does_not_join_another_one_of_its_cart(blanket):
    cart = make_cart(blanket)
    order = place(cart=cart, payment="card")
    place(cart=cart)

    assert not withdrawing.restore(order, NOW)
    assert blanket.levels.get().reserved == 1


class TestConfirmation:
    def test_it_tells_the_order_as_it_was_agreed_whenever_it_is_drawn(self, blanket):
        order = place((blanket, 2))
        order.lines.update(product_name="Something else")

        mail.dispatch(timezone.now())

        row = Mail.objects.get()
        assert "2 × Wool blanket" in row.text
        assert (sent_mail.outbox[0].body, row.draft, row.status) == (row.text, {}, "sent")

    def test_it_says_what_was_bought_and_when_it_comes(self, blanket):
        order = place((blanket, 2))

        mail = Mail.objects.get()
        assert mail.key == f"order-confirmation:{order.pk}"
        assert (mail.to, mail.language, "100001" in mail.subject) == ("ada@example.com", "en", True)
        for body in (mail.text, mail.html):
            for words in ("2 × Wool blanket", "€98.00", "€4.90", "€102.90", "€17.86", "4 Mar", "Calle Mayor 1"):
                assert words in body

    def test_it_tells_how_to_pay_by_bank(self, blanket):
        place(blanket)

        mail = Mail.objects.get()
        assert "Please transfer €53.90 and write 100001 as the reference." in mail.text
        assert "Instructions for bank transfer" in mail.text
        assert "Instructions for bank transfer" in mail.html

    def test_it_tells_who_pays_at_the_door(self, blanket):
        place(blanket, payment="on_delivery")

        assert "You pay €53.90 when the parcel is handed to you." in Mail.objects.get().text

    def test_it_asks_for_nothing_where_nothing_is_owed(self, counter):
        place(make_variant(make_product(kind="digital"), price=0, tracks_stock=False), payment="")

        assert "transfer" not in Mail.objects.get().text

    def test_it_leads_to_the_page_of_the_order_in_its_language(self, blanket):
        order = place(blanket, language="es")

        mail = Mail.objects.get()
        assert f"http://localhost/es/orders/{token_for(order)}/" in mail.text
        assert token_for(order) in mail.html
        assert "53,90" in mail.text

    def test_it_says_that_a_file_is_not_sent(self, guide):
        place(guide)

        assert "Nothing is sent by post" in Mail.objects.get().text

    def test_names_are_words_and_not_code(self, counter):
        place(make_variant(make_product("<script>alert(1)</script> & Co"), stock=1))

        mail = Mail.objects.get()
        assert "<script>" not in mail.html
        assert "<script>alert(1)</script> & Co" in mail.text

    def test_a_missing_one_is_written_by_the_clock(self, blanket):
        place(blanket)
        Mail.objects.all().delete()

        assert [confirming.confirm_missing(NOW), confirming.confirm_missing(NOW)] == [1, 0]
        assert Mail.objects.count() == 1

    def test_history_is_not_confirmed_again(self, blanket):
        place(blanket)
        Mail.objects.all().delete()

        assert confirming.confirm_missing(NOW + timedelta(days=30)) == 0
