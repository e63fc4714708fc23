"""An order paid by card, store credit and gift card gives back over all of them: one form, one press."""

import pytest
from django.db.models import Sum
from django.urls import reverse

from orders.actions import cancelling, credit, money_check, payments, refund_parts
from orders.actions.refund_once import RefundedMeanwhile, refund_order, went_back
from orders.actions.refund_parts import Back, Parts
from orders.actions.refunds import RefundTooLarge
from orders.models import CreditEntry, Payment, Refund
from orders.queries.tax_report import tax_report
from tests.makers import make_cart, make_customer, make_gift_card, make_product, make_variant
from tests.orders.card import begin
from tests.orders.conftest import NOW, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    return make_gift_card(3000)


@pytest.fixture
def order(stripe, blanket, card):
    """Two blankets: 102.90; 30.00 by gift card, 20.00 by store credit, 52.90 by card."""
    ada = make_customer("ada@example.com")
    credit.credit_customer(ada, 2000, "EUR", NOW)
    cart = make_cart((blanket, 2), customer=ada)
    credit.enter(cart, credit.code_of(card), NOW)
    credit.use_store_credit(cart, NOW)
    order = place(cart=cart, payment="card")
    begin(order)
    payment = order.payments.get(method="card")
    stripe.pay(payment.session_id)
    payments.check(payment, NOW)
    order.refresh_from_db()
    return order


def given(order) -> dict[str, int]:
    return dict(Payment.objects.filter(order=order).values_list("method", "refunded"))


def test_money_first_then_store_credit_then_gift_cards(stripe, order, card):
    line = order.lines.get()

    first = refund_order(order, 0, Parts((Back(line.pk, 1),), delivery=490), "", now=NOW)
    assert given(order) == {"card": 5290, "store_credit": 100, "gift_card": 0}
    assert [refund.status for refund in first] == ["succeeded", "succeeded"]
    assert order.lines.get().refunded == 1
    with pytest.raises(RefundTooLarge):
        refund_order(order, 5390, Parts(goodwill=4901), "", now=NOW)
    refund_order(order, went_back(order), Parts((Back(line.pk, 1),)), "", now=NOW)

    order.refresh_from_db()
    card.refresh_from_db()
    assert (order.payment_status, card.balance, stripe.refunded()) == ("refunded", 3000, 5290)
    assert order.lines.get().refunded == 2
    notes = order.invoices.filter(kind="credit_note")
    assert notes.aggregate(sum=Sum("gross"))["sum"] == Refund.objects.aggregate(sum=Sum("amount"))["sum"] == 10_290
    assert not money_check.check(NOW).drifts


def test_pressed_twice_it_goes_back_once(order):
    refund_order(order, 0, Parts(goodwill=6000), "", now=NOW)

    with pytest.raises(RefundedMeanwhile):
        refund_order(order, 0, Parts(goodwill=3000), "", now=NOW)

    assert given(order) == {"card": 5290, "store_credit": 710, "gift_card": 0}


def test_calling_off_gives_back_in_the_same_order(stripe, order, card):
    cancelling.cancel(order, "", now=NOW)

    assert [refund.payment.method for refund in Refund.objects.order_by("pk")] == ["card", "store_credit", "gift_card"]
    assert given(order) == {"card": 5290, "store_credit": 2000, "gift_card": 3000}


def test_the_form_says_which_way_before_it_is_pressed(admin_client, order):
    page = reverse("admin:orders_order_refund", args=[order.pk])
    asked = admin_client.get(page).content.decode()
    assert "Refund up to €102.90" in asked and "card €52.90, store credit €20.00, gift card €30.00." in asked
    typed = {"goodwill": "60.00", "reason": "late", "seen": 0, "of": ""}

    question = admin_client.post(page, typed).content.decode()
    assert "Card: €52.90" in question and "Store credit: €7.10" in question
    assert not Refund.objects.exists()
    admin_client.post(page, typed | {"confirmed": "1"})
    admin_client.post(page, typed | {"confirmed": "1"})

    assert given(order) == {"card": 5290, "store_credit": 710, "gift_card": 0}


def test_the_tax_report_and_the_credit_notes_agree_to_the_cent(blanket):
    """Goodwill over two rates, in odd amounts."""
    book = make_variant(make_product("Book", tax_class_id="reduced"), price=1333)
    order = place((blanket, 1), (book, 3))
    payments.mark_paid(order, now=NOW)

    for amount in (1, 7, 333, 1001, 2):
        refund_order(order, went_back(order), Parts(goodwill=amount), "", now=NOW)

    (report,) = [tax_report(NOW.date(), NOW.date())]
    notes = order.invoices.filter(kind="credit_note")
    told = notes.values_list("taxes__rate_bp").annotate(net=Sum("taxes__net"), tax=Sum("taxes__tax"))
    assert {row.rate_bp: (row.back_net, row.back_tax) for row in report} == {rate: (n, t) for rate, n, t in told}
    assert notes.aggregate(sum=Sum("gross"))["sum"] == 1344


class TestSpentCards:
    """An order that sold a gift card of which something was spent."""

    @pytest.fixture
    def sold(self, stripe, counter):
        thing = make_product("Gift card", kind="gift_card")
        variant = make_variant(thing, price=5000, tracks_stock=False)
        order = place((variant, 2))
        payments.mark_paid(order, now=NOW)
        first, _second = order.lines.get().gift_cards.order_by("pk")
        credit.take(first.pk, 2000, CreditEntry.Kind.SPENT, NOW)
        return order

    def test_called_off_what_is_left_goes_back(self, admin_client, sold):
        page = reverse("admin:orders_order_cancel", args=[sold.pk])
        assert "€20.00 of its gift cards is spent and does not go back." in admin_client.get(page).content.decode()

        cancelling.cancel(sold, "", now=NOW)

        assert (sold.payment_status, sold.payments.get().refunded) == ("partly_refunded", 8000)
        cards = sold.lines.get().gift_cards.values_list("is_blocked", "balance")
        assert list(cards) == [(True, 0), (True, 0)]
        assert sold.invoices.get(kind="credit_note").gross == 8000

    def test_refunded_by_amount_it_is_taken_off_the_card(self, sold):
        line = sold.lines.get()

        refund_order(sold, 0, Parts((Back(line.pk, 0, 6000),)), "", now=NOW)
        assert sum(line.gift_cards.values_list("balance", flat=True)) == 2000
        with pytest.raises(refund_parts.PartTooLarge) as refusal:
            refund_order(sold, 6000, Parts((Back(line.pk, 0, 2001),)), "", now=NOW)

        assert refusal.value.available == 2000
