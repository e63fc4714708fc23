"""Changing what was agreed: whoever has paid gets money back, whoever has not owes less, and the books still agree."""

import pytest
from django.db.models import Sum

from catalog.actions.stock import SoldOut
from customers.models import Mail
from orders.actions import amendments, credit, money_check, payments, shelf_check
from orders.actions.amendments import Wish, amend, cancel_lines
from orders.actions.invoicing.issuing import issue
from orders.actions.shipping import ship
from orders.details import AddressDetails
from orders.models import Order, OrderChange, PromotionTally, PromotionUse
from tests.makers import (
    make_cart,
    make_customer,
    make_delivery,
    make_gift_card,
    make_product,
    make_promotion,
    make_variant,
)
from tests.orders.card import history, on_shelf, paid_by_card
from tests.orders.conftest import NOW, place

pytestmark = pytest.mark.django_db

MADRID = {"name": "Ada Byron", "line1": "Calle Nueva 2", "postcode": "28014", "city": "Madrid", "country": "ES"}


@pytest.fixture
def cap(counter):
    return make_variant(make_product("Cap"), price=777, stock=5)


@pytest.fixture
def order(blanket, cap):
    """Three blankets and two caps, to be paid by transfer: 147.00 + 15.54 + 4.90."""
    return place((blanket, 3), (cap, 2))


def key(order: Order, variant) -> int:
    return order.lines.get(variant=variant).pk


def adds_up(order: Order) -> bool:
    order.refresh_from_db()
    sums = order.taxes.aggregate(net=Sum("net"), tax=Sum("tax"), gross=Sum("gross"))
    lines = order.lines.aggregate(gross=Sum("gross"))["gross"] or 0
    living = order.payments.exclude(status="cancelled").get()
    return (
        tuple(sums.values()) == (order.net_total, order.tax_total, order.total)
        and lines + order.delivery_gross == order.total == living.amount
        and not shelf_check.check(NOW).drifts
    )


class TestUnpaid:
    def test_fewer_pieces_cost_less_and_are_on_sale(self, order, blanket, cap):
        clerk = make_customer()

        change = cancel_lines(order, {key(order, blanket): 2, key(order, cap): 2}, "out of wool", clerk, NOW)

        letter = Mail.objects.get(key=f"order-changed:{change.pk}").text
        assert (change.total_before, change.total_after, change.returned) == (16_744, 5390, 0)
        assert adds_up(order)
        assert (on_shelf(blanket), on_shelf(cap)) == ((10, 1), (5, 0))
        assert "Wool blanket: 1 instead of 3" in letter
        assert "It comes to €53.90 now instead of €167.44." in letter
        told = order.events.get(type="changed")
        assert (told.actor, "out of wool" in told.text) == (clerk, True)

    def test_more_pieces_and_other_goods_are_set_aside_and_owed(self, order, blanket, cap):
        scarf = make_variant(make_product("Scarf"), price=1000, stock=4)

        change = amend(order, Wish({key(order, blanket): 4}, {scarf.pk: 2}), "she rang", now=NOW)

        assert (change.due, order.total) == (6900, 23_644)
        assert adds_up(order)
        assert (on_shelf(blanket), on_shelf(scarf)) == ((10, 4), (4, 2))
        assert order.lines.get(variant=scarf).tax_rate_bp == 2100
        ship(Order.objects.get(pk=order.pk), now=NOW) if payments.mark_paid(order, now=NOW) else None
        assert (on_shelf(blanket), on_shelf(scarf), on_shelf(cap)) == ((6, 0), (2, 0), (3, 0))

    def test_more_than_there_is_changes_nothing(self, order, blanket):
        with pytest.raises(SoldOut):
            amend(order, Wish({key(order, blanket): 11}), "", now=NOW)

        assert adds_up(order)
        assert not OrderChange.objects.exists()

    def test_a_promotion_takes_off_less_and_its_budget_gets_the_rest_back(self, counter, blanket, cap):
        make_promotion(benefit="order_amount", amount=1000, budget=5000)
        order = place((blanket, 3), (cap, 2))

        cancel_lines(order, {key(order, blanket): 1}, "", now=NOW)

        use = PromotionUse.objects.get()
        assert adds_up(order)
        assert order.discount_total == use.amount == PromotionTally.objects.get(key="money:EUR").used < 1000
        assert sum(dict(use.parts).values()) == use.amount
        assert use.released_at is None

    def test_another_way_to_deliver_changes_the_price(self, order):
        make_delivery("express", price=990)

        change = amend(order, Wish(delivery="express"), "in a hurry", now=NOW)

        assert (order.delivery_gross, change.due, order.delivery_name) == (990, 500, "Express")
        assert adds_up(order)

    def test_all_of_it_is_the_order_itself(self, counter, blanket):
        make_promotion()
        order = place((blanket, 2))

        assert cancel_lines(order, {key(order, blanket): 2}, "", now=NOW) is None
        order.refresh_from_db()
        assert (order.status, on_shelf(blanket)) == ("cancelled", (10, 0))
        assert PromotionUse.objects.get().released_at == NOW

    def test_what_was_invoiced_before_it_was_paid_is_taken_back_and_invoiced_anew(self, order, blanket, cap):
        first = issue(order, NOW)

        cancel_lines(order, {key(order, blanket): 1}, "", now=NOW)

        credit, anew = order.invoices.order_by("pk")[1:]
        assert adds_up(order)
        assert (credit.kind, credit.gross, credit.corrects) == ("credit_note", first.gross, first)
        assert (anew.kind, anew.gross, anew.payment["open"]) == ("invoice", order.total, order.total)
        payments.mark_paid(order, now=NOW)
        cancel_lines(order, {key(order, cap): 1}, "", now=NOW)
        assert order.invoices.count() == 4
        last = order.invoices.latest("pk")
        assert (last.kind, last.gross, last.corrects) == ("credit_note", 777, anew)

    def test_what_a_gift_card_paid_beyond_the_new_total_is_on_it_again(self, counter, blanket):
        card = make_gift_card(12_000)
        cart = make_cart((blanket, 3))
        credit.enter(cart, credit.code_of(card), NOW)
        order = place(cart=cart)

        change = cancel_lines(order, {key(order, blanket): 1}, "", now=NOW)
        assert (change.due, order.total, order.credit_total) == (0, 10_290, 10_290)

        card.refresh_from_db()
        assert (card.balance, order.payment_status) == (12_000 - 10_290, "paid")
        assert sum(card.entries.values_list("amount", flat=True)) == card.balance
        assert order.invoices.get().gross == 10_290
        assert not money_check.check(NOW).drifts

    def test_part_of_it_paid_by_gift_card_it_grows_by_what_is_asked_for(self, counter, blanket):
        card = make_gift_card(5000)
        cart = make_cart((blanket, 2))
        credit.enter(cart, credit.code_of(card), NOW)
        order = place(cart=cart)

        amend(order, Wish({key(order, blanket): 3}), "", now=NOW)

        assert (order.total, order.credit_total) == (15_190, 5000)
        assert order.payments.get(status="pending").amount == 10_190


class TestPaid:
    def test_called_off_lines_are_refunded_and_nobody_packs_them(self, stripe, blanket, cap):
        order, payment = paid_by_card(stripe, (blanket, 3), (cap, 2))

        change = cancel_lines(order, {key(order, blanket): 1, key(order, cap): 2}, "broken", now=NOW)

        payment.refresh_from_db()
        assert change.returned == payment.refunded == stripe.refunded() == 4900 + 1554
        assert (order.payment_status, order.total) == ("partly_refunded", 16_744)
        assert (on_shelf(blanket), on_shelf(cap)) == ((10, 2), (5, 0))
        assert [line.cancelled for line in order.lines.order_by("pk")] == [1, 2]
        assert history(order)[-2:] == ["changed", "refunded"]
        ship(order, now=NOW)
        assert (order.fulfilment_status, on_shelf(blanket)) == ("fulfilled", (8, 0))
        assert not shelf_check.check(NOW).drifts

    def test_the_rest_of_a_partly_sent_order_is_called_off(self, order, blanket, cap):
        payments.mark_paid(order, now=NOW)
        ship(order, now=NOW, pieces={key(order, blanket): 3})

        cancel_lines(order, {key(order, cap): 2}, "none left", now=NOW)

        assert (order.status, order.fulfilment_status, order.fulfilled_at) == ("placed", "fulfilled", NOW)
        assert order.payments.get().refunded == 1554

    def test_what_is_sent_stays_sent_and_a_form_sent_twice_acts_once(self, order, blanket):
        payments.mark_paid(order, now=NOW)
        ship(order, now=NOW, pieces={key(order, blanket): 2})

        with pytest.raises(amendments.TooFewPieces):
            cancel_lines(order, {key(order, blanket): 2}, "", now=NOW)
        cancel_lines(order, {key(order, blanket): 1}, "", now=NOW, seen=0)
        with pytest.raises(amendments.ChangedMeanwhile):
            cancel_lines(order, {key(order, blanket): 0}, "", now=NOW, seen=0)

    def test_what_a_cheaper_delivery_gave_back_is_not_given_back_again(self, order):
        make_delivery("slow", price=100)
        make_delivery("slower", price=100)
        payments.mark_paid(order, now=NOW)

        returned = [amend(order, Wish(delivery=code), "", now=NOW).returned for code in ("slow", "slower")]

        assert returned == [390, 0]
        change = amend(order, Wish(delivery="standard"), "", now=NOW)
        assert (change.due, change.returned) == (390, 0)

    def test_another_address_where_tax_is_the_same(self, order):
        payments.mark_paid(order, now=NOW)

        amend(order, Wish(address=AddressDetails(**MADRID)), "she moved", now=NOW)
        with pytest.raises(amendments.TaxWouldChange):
            amend(order, Wish(address=AddressDetails(**{**MADRID, "country": "FR"})), "", now=NOW)

        assert order.addresses.get(kind="delivery").line1 == "Calle Nueva 2"
        assert order.words.filter(word="28014").exists()
        (row,) = order.changes.get().rows
        assert (row["was"], row["now"]) == (
            "Ada Byron, Calle Mayor 1, 28013 Madrid",
            "Ada Byron, Calle Nueva 2, 28014 Madrid",
        )
