"""The pages on which staff gives credit, looks at the ledger, and matches transfers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from orders.actions import credit, payments
from orders.models import BankLine, CreditAccount
from tests.makers import make_cart, make_customer, make_gift_card
from tests.orders.conftest import NOW, place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def owner(client):
    client.force_login(make_customer(is_staff=True, is_superuser=True))


def test_a_card_is_given_once_its_code_told_once_and_its_balance_corrected_and_blocked(client):
    give = reverse("admin:orders_creditaccount_give")
    typed = {"amount": "25,00", "currency": "EUR", "language": "en", "note": "A broken vase.", "seen": 0}
    told = client.post(give, typed, follow=True).content.decode()
    client.post(give, typed)
    card = CreditAccount.objects.get()
    correct = reverse("admin:orders_creditaccount_correct", args=[card.pk])
    client.post(correct, {"way": "take", "amount": "30", "note": "Too much.", "seen": 1})
    for _press in range(2):
        client.post(correct, {"way": "take", "amount": "5", "note": "A slip.", "seen": 1})
    client.post(reverse("admin:orders_creditaccount_block", args=[card.pk]))

    card.refresh_from_db()
    page = client.get(reverse("admin:orders_creditaccount_change", args=[card.pk])).content.decode()
    assert "Its code is" in told and "Its code is" not in page
    assert (card.balance, card.is_blocked, card.entries.count()) == (2000, True, 2)
    assert "A slip." in page


def test_store_credit_goes_to_a_customer_and_to_nobody_unknown(client):
    give = reverse("admin:orders_creditaccount_give")
    typed = {"amount": "10", "currency": "EUR", "language": "en", "note": "Sorry.", "as_credit": "on", "seen": 0}
    customer = make_customer("ada@example.com")

    refused = client.post(give, typed | {"email": "nobody@example.com"})
    client.post(give, typed | {"email": "ADA@example.com"})

    assert refused.status_code == 422
    assert CreditAccount.objects.get().customer == customer


def test_who_may_only_read_gives_nothing(client, django_user_model):
    client.force_login(make_customer(is_staff=True))
    card = make_gift_card()

    for step, args in (("give", []), ("correct", [card.pk]), ("block", [card.pk])):
        assert client.post(reverse(f"admin:orders_creditaccount_{step}", args=args), {}).status_code == 403
    assert client.get(reverse("admin:orders_bankline_desk")).status_code == 403


def test_a_file_of_the_bank_becomes_paid_orders_in_two_presses(client, blanket):
    order = place(blanket)
    text = f"Tag;Wer;Was;Betrag\n02.03.2026;Ada;{order.number};53,90\n"
    desk = reverse("admin:orders_bankline_desk")

    asked = client.post(desk, {"file": SimpleUploadedFile("m.csv", text.encode())})
    client.post(asked.url, {"date": 0, "amount": 3, "text": 2, "payer": 1})
    page = client.get(desk).content.decode()
    client.post(reverse("admin:orders_bankline_confirm"))

    order.refresh_from_db()
    assert "Mark 1 order as paid" in page
    assert (order.payment_status, BankLine.objects.get().status) == ("paid", "paid")
    assert client.post(desk, {"file": SimpleUploadedFile("x.csv", b"\0\0")}).status_code == 422


def test_the_page_of_an_order_shows_its_ledger_and_its_gift_card(client, blanket):
    cart, card = make_cart(blanket), make_gift_card(2000)
    credit.enter(cart, credit.code_of(card), NOW)
    order = place(cart=cart)
    payments.mark_paid(order, now=NOW, reference="bank 17")

    page = client.get(reverse("admin:orders_order_change", args=[order.pk])).content.decode()

    assert "Ledger of the payments" in page and "bank 17" in page
    assert f"/creditaccount/{card.pk}/" in page and "€33.90" in page


def test_a_refund_sent_twice_does_not_go_back_from_the_other_payment_too(client, blanket):
    cart, card = make_cart(blanket), make_gift_card(5000)
    credit.enter(cart, credit.code_of(card), NOW)
    order = place(cart=cart)
    payments.mark_paid(order, now=NOW)
    address = reverse("admin:orders_order_refund", args=[order.pk])
    transfer = order.payments.get(account=None)
    form = {"goodwill": "3,90", "reason": "late", "seen": 0, "of": transfer.pk, "confirmed": 1}

    client.post(address, form)
    client.post(address, form)

    card.refresh_from_db()
    assert (transfer.refunds.get().amount, card.balance) == (390, 0)
