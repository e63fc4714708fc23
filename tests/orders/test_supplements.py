"""More for an order that was paid: held at once, asked for, sent when it is paid, taken out again when it is not."""

import time
from datetime import timedelta

import pytest
from django.db.models import Sum
from django.urls import reverse

from customers.models import Mail
from orders.actions import amendments, bank, cancelling, invoicing, money_check, payments, shelf_check, shipping
from orders.actions.amendments import Wish, amend, cancel_lines
from orders.actions.supplements import ending, paying, settling
from orders.admin.change_form import TYPED
from orders.models import Order, OrderEvent, Payment, Refund
from orders.queries.tax_report import tax_report
from orders.tokens import token_for
from tests.makers import make_delivery, make_product, make_variant
from tests.orders.card import BACK, CANCEL, on_shelf, paid_by_card
from tests.orders.conftest import NOW, place

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=8)


@pytest.fixture
def cap(counter):
    return make_variant(make_product("Cap"), price=777, stock=5)


@pytest.fixture
def order(blanket):
    """Two blankets, paid by transfer: 98.00 + 4.90."""
    order = place((blanket, 2))
    payments.mark_paid(order, now=NOW)
    return order


def more(order: Order, blanket, cap):
    """One more blanket and two caps: 49.00 + 15.54."""
    return amend(order, Wish({order.lines.filter(variant=blanket)[0].pk: 3}, {cap.pk: 2}), "she rang", now=NOW)


def adds_up(order: Order) -> bool:
    """Lines, taxes, invoices less credit notes, and stock."""
    order.refresh_from_db()
    sums = order.taxes.aggregate(net=Sum("net"), tax=Sum("tax"), gross=Sum("gross"))
    lines = order.lines.aggregate(gross=Sum("gross"))["gross"]
    return (
        tuple(sums.values()) == (order.net_total, order.tax_total, order.total)
        and lines + order.delivery_gross == order.total
        and not shelf_check.check(NOW).drifts
        and not money_check.check(NOW).drifts
    )


def invoiced(order: Order) -> list[tuple[str, int]]:
    return list(order.invoices.order_by("pk").values_list("kind", "gross"))


def test_what_is_added_is_held_asked_for_and_sent_when_it_is_paid(stripe, blanket, cap):
    order, _first = paid_by_card(stripe, (blanket, 2))

    change = more(order, blanket, cap)

    supplement = order.supplements.get()
    letter = Mail.objects.get(key=f"order-changed:{change.pk}").text
    assert (change.due, order.total, supplement.amount) == (6454, 16_744, 6454)
    assert "For what was added €64.54 is still to be paid, until" in letter
    assert (on_shelf(blanket), on_shelf(cap)) == ((10, 3), (5, 2))
    assert adds_up(order)
    # What is paid goes; the rest waits.
    waiting = order.lines.get(variant=cap)
    with pytest.raises(shipping.NotPaid):
        shipping.ship(order, now=NOW, pieces={waiting.pk: 1})
    shipping.ship(order, now=NOW)
    assert (order.fulfilment_status, on_shelf(blanket)) == ("partly", (8, 1))
    with pytest.raises(amendments.IsWaiting):
        more(order, blanket, cap)
    # She pays by card, and comes back to the page twice.
    url = paying.begin_payment(order, BACK, CANCEL, NOW)
    assert url == paying.begin_payment(order, BACK, CANCEL, NOW)
    by_card = order.payments.get(supplement=supplement, method="card")
    stripe.pay(by_card.session_id)
    assert payments.check(by_card, NOW) and payments.check(by_card, NOW)

    supplement.refresh_from_db()
    assert (supplement.status, supplement.settled_at) == ("settled", NOW)
    assert invoiced(order) == [("invoice", 10_290), ("invoice", 6454)]
    assert supplement.invoice.corrects == order.invoices.earliest("pk")
    assert [line.gross for line in supplement.invoice.lines.order_by("pk")] == [4900, 1554]
    assert order.payments.get(supplement=supplement, method="bank_transfer").status == "cancelled"
    shipping.ship(order, now=NOW)
    assert (order.fulfilment_status, order.payment_status) == ("fulfilled", "paid")
    assert adds_up(order)


def test_the_books_of_a_supplement_are_taken_back_to_the_cent(order, blanket, cap):
    more(order, blanket, cap)
    settling.mark_paid(order.supplements.get(), now=NOW)

    cancel_lines(order, {order.lines.get(variant=cap).pk: 1}, "", now=NOW)
    papers = list(order.invoices.order_by("pk"))
    assert [paper.kind for paper in papers] == ["invoice", "invoice", "credit_note"]
    assert papers[-1].corrects == order.supplements.get().invoice
    cancelling.cancel(order, "", now=NOW)

    order.refresh_from_db()
    back = Refund.objects.filter(status="succeeded").aggregate(sum=Sum("amount"))["sum"]
    papers = dict.fromkeys(["invoice", "credit_note"], 0)
    for kind, gross in invoiced(order):
        papers[kind] += gross
    assert back == papers["invoice"] == papers["credit_note"] == 16_744
    assert (order.payment_status, on_shelf(blanket), on_shelf(cap)) == ("refunded", (10, 0), (5, 0))


def test_a_transfer_for_it_is_matched_although_the_order_was_paid_by_one_before(order, blanket, cap):
    def transfer(text: str):
        file = bank.keep(f"Date;Amount;Text\n2026-03-02;{text}\n".encode(), "bank.csv", None, NOW)
        bank.read(file, {"date": 0, "amount": 1, "text": 2})
        return file.lines.get()

    other = place((blanket, 1))
    assert bank.confirm([transfer(f"53,90;{other.number}")], None, NOW) == (1, 0)
    amend(other, Wish(added={cap.pk: 2}), "", now=NOW)
    line = transfer(f"15,54;{other.number}")

    assert (line.status, bank.confirm([line], None, NOW), bank.confirm([line], None, NOW)) == ("exact", (1, 0), (0, 1))
    assert other.supplements.get().status == "settled"
    assert invoiced(other) == [("invoice", 5390), ("invoice", 1554)]


def test_what_is_not_paid_in_time_is_taken_out_again(order, blanket, cap):
    make_delivery("express", price=990)
    amend(order, Wish({order.lines.filter(variant=blanket)[0].pk: 3}, {cap.pk: 2}, delivery="express"), "", now=NOW)
    assert (order.total, order.delivery_gross, order.delivery_name) == (17_244, 990, "Express")

    assert [ending.lapse_due(NOW + timedelta(days=6)), ending.lapse_due(LATER), ending.lapse_due(LATER)] == [0, 1, 0]

    order.refresh_from_db()
    assert (order.total, order.delivery_gross, order.delivery_name) == (10_290, 490, "Standard")
    assert (on_shelf(blanket), on_shelf(cap), order.lines.count()) == ((10, 2), (5, 0), 1)
    assert order.payments.exclude(status="cancelled").get().captured == 10_290
    assert "0 instead of 2" in Mail.objects.get(key=f"order-changed:{order.changes.last().pk}").text
    assert adds_up(order)


@pytest.mark.parametrize("end", ["lapsed", "paid before", "called off"])
def test_money_that_nobody_waits_for_any_more_goes_back_by_itself(stripe, end, blanket, cap):
    order, first = paid_by_card(stripe, (blanket, 2))
    more(order, blanket, cap)
    paying.begin_payment(order, BACK, CANCEL, NOW)
    by_card = order.payments.get(method="card", status="pending")
    if end == "lapsed":
        ending.take_back(order.supplements.get(), "she thought again", now=NOW)
    elif end == "paid before":
        settling.mark_paid(order.supplements.get(), now=NOW)
    else:
        cancelling.cancel(order, "", now=NOW)
    before = invoiced(order)

    stripe.pay(by_card.session_id)
    assert payments.check(by_card, NOW)

    by_card.refresh_from_db()
    order.refresh_from_db()
    assert (by_card.is_surplus, by_card.refunded) == (True, 6454)
    assert stripe.refunded() == 6454 + (10_290 if end == "called off" else 0)
    assert order.payment_status == ("refunded" if end == "called off" else "paid")
    assert order.events.filter(type=OrderEvent.Type.INCIDENT).count() == 1
    # No paper and no tax speaks of it.
    assert invoiced(order) == before and invoicing.keep(NOW) == 0
    assert not any(row.back_net for row in tax_report(NOW.date(), NOW.date()))
    assert not money_check.check(NOW + timedelta(hours=1)).drifts


def test_staff_may_send_it_before_it_is_paid(order, blanket, cap):
    more(order, blanket, cap)
    supplement = order.supplements.get()

    assert ending.send_anyway(supplement, now=NOW)
    shipping.ship(order, now=NOW)

    assert order.fulfilment_status == "fulfilled"
    assert (ending.lapse_due(LATER), ending.take_back(supplement, "", now=LATER)) == (0, None)
    assert settling.mark_paid(supplement, now=LATER)
    assert Payment.objects.get(supplement=supplement, status="captured").captured == 6454


def test_the_buyer_pays_for_it_on_the_page_of_the_order(client, stripe, blanket, cap):
    order, _first = paid_by_card(stripe, (blanket, 2))
    more(order, blanket, cap)
    page = reverse("order", args=[token_for(order)])

    said = client.get(page).content.decode()
    assert "€64.54 for what was added to your order" in said and "Pay €64.54 by card" in said
    stripe.clock = time.time
    leaving = client.post(f"{page}added/pay/")
    by_card = order.payments.get(method="card", status="pending")
    assert (leaving.status_code, leaving["Location"]) == (303, by_card.session_url)
    stripe.pay(by_card.session_id)
    back = client.get(f"{page}paid/")

    assert back.status_code == 302
    assert "Still to be paid" not in client.get(page).content.decode()
    assert order.supplements.get().status == "settled"
    assert client.post(f"{page}added/pay/").status_code == 302
    assert order.payments.filter(status="pending").count() == 0


def test_a_clerk_adds_goods_and_sees_what_is_still_to_come(admin_client, order, cap):
    page = reverse("admin:orders_order_alter", args=[order.pk])
    typed = {f"pieces-{order.lines.get().pk}": 2, "sku": cap.sku, "number": 2, "reason": "she rang", "seen": 0}
    typed |= {f"to-{name}": getattr(order.addresses.get(), name) for name in TYPED}

    asked = admin_client.post(page, typed).content.decode()
    assert "is asked for €15.54 in addition; it is sent when that is paid." in asked
    assert not order.supplements.exists()
    admin_client.post(page, typed | {"confirmed": "1"})
    of_order = admin_client.get(reverse("admin:orders_order_change", args=[order.pk])).content.decode()

    assert "€15.54 for what was added is still to come" in of_order
    assert f"pieces-{order.lines.last().pk}" not in of_order
    admin_client.post(reverse("admin:orders_order_added_anyway", args=[order.pk]))
    assert (
        "It is sent all the same."
        in admin_client.get(reverse("admin:orders_order_change", args=[order.pk])).content.decode()
    )
    admin_client.post(reverse("admin:orders_order_added_paid", args=[order.pk]))
    assert order.supplements.get().status == "settled"
