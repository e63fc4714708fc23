"""From a cart to an order: whole or not at all, once, at the total that was shown."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.utils import translation

from catalog.actions.stock import SoldOut
from catalog.models import StockLevel, Variant
from customers.models import Mail
from orders.actions import carts, checkout
from orders.actions.checkout import (
    CartIsEmpty,
    NotDelivered,
    NotForSale,
    PaymentNotOffered,
    TotalChanged,
    place_order,
)
from orders.actions.holds import HOLD
from orders.details import AddressDetails
from orders.models import Cart, Order, OrderAddress, OrderLine, Payment, Reservation, TaxRate
from tests.makers import make_cart, make_customer, make_details, make_product, make_variant
from tests.orders.conftest import NOW, place, total_of


def reserved(variant) -> int:
    return variant.levels.get().reserved


def fault_at(statement: str):
    """The database goes away at the first statement that begins so."""

    def execute(run, sql, params, many, context):
        if sql.startswith(statement):
            raise OperationalError("power cut")
        return run(sql, params, many, context)

    return execute


def nothing_happened() -> bool:
    made = (Order, OrderLine, OrderAddress, Payment, Reservation, Mail)
    return not any(model.objects.exists() for model in made) and not StockLevel.objects.exclude(reserved=0).exists()


class TestOrder:
    def test_it_copies_what_was_agreed(self, blanket):
        order = place((blanket, 2), note="Ring twice", phone="+34 600 000 000")

        line = order.lines.get()
        assert (line.product_name, line.sku, line.unit_price, line.quantity) == ("Wool blanket", blanket.sku, 4900, 2)
        assert (line.net, line.tax, line.gross, line.tax_rate_bp) == (8099, 1701, 9800, 2100)
        assert (order.goods_total, order.delivery_gross, order.total) == (9800, 490, 10290)
        assert (order.delivery_name, order.delivery_tax, order.tax_total) == ("Standard", 85, 1786)
        assert (order.note, order.phone, order.currency) == ("Ring twice", "+34 600 000 000", "EUR")

    def test_it_does_not_change_with_the_catalogue(self, blanket):
        order = place(blanket)
        Variant.objects.update(price=9900, sku="NEW")
        TaxRate.objects.update(rate_bp=400)

        line = Order.objects.get(pk=order.pk).lines.get()

        assert (line.unit_price, line.sku, line.tax_rate_bp) == (4900, order.lines.get().sku, 2100)

    def test_it_keeps_the_promised_days(self, blanket):
        order = place(blanket)

        assert (order.promised_from, order.promised_on) == (date(2026, 3, 4), date(2026, 3, 6))

    def test_it_goes_to_the_address_that_was_typed(self, blanket):
        order = place(blanket, company="Analytical Engines")

        address = order.addresses.get()
        assert address.kind == OrderAddress.Kind.DELIVERY
        assert (address.name, address.company, address.country) == ("Ada Byron", "Analytical Engines", "ES")

    def test_an_invoice_may_go_elsewhere(self, blanket):
        office = AddressDetails(name="Charles", line1="Dorset Street 1", city="London", country="GB")

        order = place(blanket, billing=office)

        assert order.addresses.get(kind="billing").city == "London"
        assert order.addresses.get(kind="delivery").city == "Madrid"

    def test_it_belongs_to_the_customer_of_the_cart(self, blanket):
        ada = make_customer("ada@example.com")

        assert place(cart=make_cart(blanket, customer=ada)).customer == ada

    def test_it_speaks_the_language_of_the_shopper(self, blanket):
        blanket.product.name_es = "Manta de lana"
        blanket.product.save()

        order = place(blanket, language="es")

        assert order.lines.get().product_name == "Manta de lana"
        assert translation.get_language() == "en"

    def test_it_closes_the_cart_and_keeps_it_as_evidence(self, blanket):
        cart = make_cart(blanket)

        order = place(cart=cart)

        cart.refresh_from_db()
        assert (cart.status, cart.ordered_at) == (Cart.Status.ORDERED, NOW)
        assert cart.lines.count() == 1
        assert order.cart == cart


class TestPayment:
    def test_a_bank_transfer_is_placed_and_waits_for_money(self, blanket):
        order = place(blanket)

        assert (order.status, order.payment_status) == ("placed", "unpaid")
        assert order.number == "100001"
        assert (order.payments.get().method, order.payments.get().amount) == ("bank_transfer", order.total)
        assert Reservation.objects.get().expires_at is None
        assert reserved(blanket) == 1

    def test_pay_on_delivery_is_placed_and_may_be_sent(self, blanket):
        order = place(blanket, payment="on_delivery")

        assert order.pays_on_delivery
        assert order in Order.objects.to_pack()

    def test_a_card_order_waits_with_its_pieces_held(self, blanket):
        cart = make_cart(blanket)

        order = place(cart=cart, payment="card")

        cart.refresh_from_db()
        assert (order.status, order.number, cart.is_open) == ("pending", None, True)
        assert Reservation.objects.get().expires_at == NOW + HOLD
        assert reserved(blanket) == 1
        assert not Mail.objects.exists()

    def test_what_costs_nothing_is_placed_and_paid_at_once(self, counter):
        order = place(make_variant(make_product(kind="digital"), price=0, tracks_stock=False), payment="card")

        assert (order.status, order.payment_status, order.total) == ("placed", "paid", 0)
        assert (order.payments.get().status, order.payments.get().amount) == ("captured", 0)

    def test_a_file_is_not_sent_and_needs_no_address(self, guide):
        order = place(guide, line1="", city="", postcode="", delivery="")

        address = order.addresses.get()
        assert order.fulfilment_status == "not_needed"
        assert (order.total, order.promised_on, order.delivery_method) == (900, None, None)
        assert (address.kind, address.name, address.country) == ("billing", "Ada Byron", "ES")

    def test_goods_together_with_a_file_are_sent(self, blanket, guide):
        assert place(blanket, guide).fulfilment_status == "unfulfilled"

    def test_nobody_pays_at_the_door_for_a_file(self, guide):
        with pytest.raises(PaymentNotOffered):
            place(guide, payment="on_delivery")

        assert nothing_happened()

    @pytest.mark.parametrize("payment", ["", "gold", "card"])
    def test_a_way_to_pay_that_is_not_offered_is_refused(self, blanket, settings, payment):
        settings.STRIPE_SECRET_KEY = ""

        with pytest.raises(PaymentNotOffered):
            place(blanket, payment=payment)

        assert nothing_happened()


class TestRefusal:
    def test_an_empty_cart_makes_no_order(self, counter):
        with pytest.raises(CartIsEmpty):
            place(cart=make_cart())

        assert nothing_happened()

    def test_a_merged_cart_makes_no_order(self, blanket):
        cart = make_cart(blanket)
        Cart.objects.update(status=Cart.Status.MERGED)

        with pytest.raises(CartIsEmpty):
            place(cart=cart)

        assert nothing_happened()

    @pytest.mark.parametrize("shown", [0, -1, 1, 5389, 5391, 10**12])
    def test_another_total_than_the_shown_one_is_refused_with_the_true_one(self, blanket, shown):
        cart = make_cart(blanket)

        with pytest.raises(TotalChanged) as refusal:
            place_order(cart, make_details(), shown, NOW)

        assert refusal.value.total == 5390
        assert nothing_happened()

    def test_a_price_that_rose_since_the_page_was_shown_is_refused(self, blanket):
        cart = make_cart(blanket)
        shown = total_of(cart)
        Variant.objects.update(price=5900)

        with pytest.raises(TotalChanged):
            place_order(cart, make_details(), shown, NOW)

        assert nothing_happened()

    def test_what_is_short_makes_no_order(self, blanket):
        cart = make_cart((blanket, 3))
        StockLevel.objects.update(on_hand=2)

        with pytest.raises(SoldOut) as refusal:
            place(cart=cart)

        cart.refresh_from_db()
        assert (refusal.value.variant_id, refusal.value.available) == (blanket.pk, 2)
        assert cart.is_open
        assert nothing_happened()

    def test_one_line_that_is_short_leaves_the_others_unheld(self, blanket):
        cart = make_cart(blanket, short := make_variant(stock=1))
        short.levels.update(on_hand=0)

        with pytest.raises(SoldOut):
            place(cart=cart)

        assert nothing_happened()

    def test_a_deleted_variant_makes_no_order(self, blanket, guide):
        cart = make_cart(blanket, guide)
        blanket.delete()

        with pytest.raises(NotForSale):
            place(cart=cart)

        assert nothing_happened()

    @pytest.mark.parametrize("fields", [{"delivery": "drone"}, {"delivery": ""}, {"line1": ""}, {"city": ""}])
    def test_a_parcel_needs_a_way_and_an_address(self, blanket, fields):
        with pytest.raises(NotDelivered):
            place(blanket, **fields)

        assert nothing_happened()

    @pytest.mark.parametrize(
        "statement",
        [
            'INSERT INTO "orders_orderline"',
            'INSERT INTO "orders_orderaddress"',
            'UPDATE "catalog_stocklevel"',
            'INSERT INTO "orders_reservation"',
            'INSERT INTO "orders_payment"',
            'UPDATE "orders_cart"',
            'UPDATE "orders_numbersequence"',
            'UPDATE "orders_order"',
            'INSERT INTO "customers_mail"',
        ],
    )
    def test_a_fault_in_the_middle_leaves_nothing_half_made(self, blanket, statement):
        cart = make_cart(blanket)

        with connection.execute_wrapper(fault_at(statement)), pytest.raises(OperationalError, match="power cut"):
            place(cart=cart)

        cart.refresh_from_db()
        assert cart.is_open
        assert nothing_happened()
        assert place(cart=cart).number == "100001"


class TestAgain:
    def test_a_second_press_gives_the_same_order(self, blanket):
        cart = make_cart(blanket)
        shown = total_of(cart)

        first = place_order(cart, make_details(), shown, NOW)
        second = place_order(cart, make_details(), shown, NOW)

        assert first == second
        assert (Order.objects.count(), Mail.objects.count(), reserved(blanket)) == (1, 1, 1)

    def test_a_second_press_with_a_card_gives_the_same_pending_order(self, blanket):
        cart = make_cart(blanket)

        assert place(cart=cart, payment="card") == place(cart=cart, payment="card", now=NOW + timedelta(minutes=5))
        assert (Order.objects.count(), Payment.objects.count(), reserved(blanket)) == (1, 1, 1)

    def test_a_changed_mind_gives_the_older_order_up(self, blanket):
        cart = make_cart(blanket)
        older = place(cart=cart, payment="card")

        newer = place(cart=cart, payment="bank_transfer")

        older.refresh_from_db()
        assert (older.status, older.payments.get().status) == ("cancelled", "cancelled")
        assert newer.status == "placed"
        assert reserved(blanket) == 1

    def test_a_changed_cart_gives_the_older_order_up(self, blanket):
        cart = make_cart(blanket)
        older = place(cart=cart, payment="card")
        carts.set_quantity(cart.lines.get(), 3)

        newer = place(cart=cart, payment="card")

        older.refresh_from_db()
        assert (older.status, newer.status, reserved(blanket)) == ("cancelled", "pending", 3)

    def test_the_last_piece_is_not_lost_to_ones_own_older_order(self, counter):
        cart = make_cart(make_variant(stock=1))
        place(cart=cart, payment="card")

        assert place(cart=cart, payment="on_delivery").status == "placed"

    def test_an_order_whose_hold_is_over_is_made_anew(self, blanket):
        cart = make_cart(blanket)
        older = place(cart=cart, payment="card")

        newer = place(cart=cart, payment="card", now=NOW + HOLD)

        assert newer != older
        assert (newer.status, reserved(blanket)) == ("pending", 1)

    def test_an_older_order_stays_when_the_new_wish_is_refused(self, blanket):
        cart = make_cart(blanket)
        older = place(cart=cart, payment="card")

        with pytest.raises(TotalChanged):
            place_order(cart, make_details(payment="bank_transfer"), 1, NOW)

        older.refresh_from_db()
        assert older.status == "pending"


def test_the_database_itself_refuses_a_second_living_order_of_a_cart(blanket):
    order = place(blanket)
    order.pk = order._state.adding = None
    order._state.adding = True
    order.uid, order.number = "5f0f3bb0-6ad2-4d37-9b2e-f6c46cbd7a7a", "7"

    with pytest.raises(IntegrityError, match="one_living_order_per_cart|orders_order.cart_id"):
        order.save(force_insert=True)


def test_a_placed_order_takes_a_bounded_number_of_queries(counter, django_assert_max_num_queries):
    cart = make_cart(*(make_variant() for _ in range(6)))
    shown = total_of(cart)

    with django_assert_max_num_queries(60):
        assert checkout.place_order(cart, make_details(), shown, NOW).number
