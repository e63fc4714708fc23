"""How an order ends: sent, called off, or never paid."""

from datetime import date, timedelta

import pytest

from catalog.models import StockLevel
from customers.models import Mail
from orders.actions.cancelling import AlreadyShipped, cancel
from orders.actions.holds import HOLD
from orders.actions.payment_ledger import record
from orders.actions.placing import mark_placed, note_paid
from orders.actions.reservations import release_expired
from orders.actions.shipping import NotPaid, NotShippable, ship, tracking_address
from orders.models import Order, Payment, PaymentEvent, Shipment
from orders.queries.office import waiting
from orders.tokens import order_from, order_url, token_for
from tests.makers import make_cart, make_customer, make_product, make_variant
from tests.orders.conftest import NOW, place


def level(variant) -> tuple[int, int]:
    found = StockLevel.objects.get(variant=variant)
    return found.on_hand, found.reserved


def history(order) -> list[str]:
    return list(order.events.values_list("type", flat=True))


def paid(*wanted, **fields) -> Order:
    """A placed order whose money came."""
    order = place(*wanted, **fields)
    order.payments.update(status=Payment.Status.CAPTURED, captured_at=NOW)
    record(order.payments.get(), PaymentEvent.Kind.CAPTURED, order.total, NOW)
    note_paid(order, NOW)
    return order


class TestShipping:
    def test_a_paid_order_leaves_the_shelf_and_the_buyer_is_told(self, blanket):
        order = paid((blanket, 3))
        order.delivery_method.carrier = "Correos"
        order.delivery_method.tracking_url = "https://track.example/{number}"
        order.delivery_method.save()
        clerk = make_customer("clerk@example.com")

        shipment = ship(order, tracking_number="ES 1/2", actor=clerk, now=NOW)

        assert level(blanket) == (7, 0)
        assert (order.fulfilment_status, order.fulfilled_at) == ("fulfilled", NOW)
        assert (shipment.carrier, shipment.tracking_url) == ("Correos", "https://track.example/ES%201%2F2")
        assert shipment.lines.get().quantity == 3
        movement = StockLevel.objects.get().movements.first()
        assert (movement.document, movement.actor) == (order.number, "clerk@example.com")
        mail = Mail.objects.get(key=f"order-shipped:{shipment.pk}")
        assert "ES 1/2" in mail.text
        assert "https://track.example/ES%201%2F2" in mail.html
        assert history(order)[-1] == "shipped"

    def test_an_unpaid_order_is_not_sent(self, blanket):
        order = place(blanket)

        with pytest.raises(NotPaid):
            ship(order, "Correos", "1", now=NOW)

        order.refresh_from_db()
        assert order.fulfilment_status == "unfulfilled"
        assert level(blanket) == (10, 1)
        assert not Shipment.objects.exists()

    def test_what_is_paid_at_the_door_is_sent_before_that(self, blanket):
        order = place(blanket, payment="on_delivery")

        ship(order, "Correos", "1", now=NOW)

        assert level(blanket) == (9, 0)

    def test_an_order_is_sent_once(self, blanket):
        order = paid(blanket)
        ship(order, now=NOW)

        with pytest.raises(NotShippable):
            ship(order, now=NOW)

        assert level(blanket) == (9, 0)
        assert Shipment.objects.count() == 1

    def test_a_pending_order_is_not_sent(self, blanket):
        with pytest.raises(NotShippable):
            ship(place(blanket, payment="card"), now=NOW)

    def test_a_file_is_not_sent(self, guide):
        with pytest.raises(NotShippable):
            ship(paid(guide), now=NOW)

    def test_only_goods_are_in_the_parcel(self, blanket, guide):
        shipment = ship(paid(blanket, guide), now=NOW)

        assert [line.line.product_name for line in shipment.lines.all()] == ["Wool blanket"]

    @pytest.mark.parametrize(
        ("pattern", "number"), [("", "1"), ("javascript:alert({number})", "1"), ("https://x.example/{number}", "")]
    )
    def test_what_is_no_web_address_is_no_link(self, pattern, number):
        assert tracking_address(pattern, number) == ""


class TestCancelling:
    def test_an_unpaid_order_gives_its_pieces_back(self, blanket):
        order = place((blanket, 3))

        cancel(order, "Wrong size", now=NOW)

        order.refresh_from_db()
        assert (order.status, order.cancelled_at) == ("cancelled", NOW)
        assert order.payments.get().status == "cancelled"
        assert level(blanket) == (10, 0)
        assert order.events.last().text == "Wrong size"
        assert "You have nothing to pay." in Mail.objects.get(key=f"order-cancelled:{order.pk}").text

    def test_what_was_paid_goes_back(self, blanket):
        order = paid(blanket)

        cancel(order, "Changed my mind", now=NOW)

        payment = order.payments.get()
        assert (payment.refunded, payment.refunds.get().amount) == (5390, 5390)
        order.refresh_from_db()
        assert (order.status, order.payment_status) == ("cancelled", "refunded")
        assert "€53.90" in Mail.objects.get(key=f"order-cancelled:{order.pk}").text

    def test_why_it_was_cancelled_stays_in_the_house(self, blanket):
        order = place(blanket)

        cancel(order, "Looks like fraud", now=NOW)

        assert not Mail.objects.filter(text__contains="fraud").exists()

    def test_an_order_is_cancelled_once(self, blanket):
        order = paid(blanket)
        cancel(order, "", now=NOW)

        cancel(order, "", now=NOW)

        assert history(order).count("cancelled") == 1
        assert order.payments.get().refunds.count() == 1

    def test_a_parcel_on_its_way_is_not_cancelled(self, blanket):
        order = paid(blanket)
        ship(order, now=NOW)

        with pytest.raises(AlreadyShipped):
            cancel(order, "", now=NOW)

        order.refresh_from_db()
        assert order.status == "placed"
        assert not order.payments.get().refunds.exists()

    def test_a_pending_order_is_given_up(self, blanket):
        order = place(blanket, payment="card")

        assert cancel(order, "", now=NOW).status == "cancelled"
        assert level(blanket) == (10, 0)

    def test_a_cancelled_order_is_not_sent(self, blanket):
        order = cancel(paid(blanket), "", now=NOW)

        with pytest.raises(NotShippable):
            ship(order, now=NOW)

    def test_a_cancelled_seat_can_be_sold_again(self, counter):
        seat = make_variant(make_product("Workshop", kind="service"), stock=1)
        order = paid(seat)

        cancel(order, "Ill", now=NOW)

        assert level(seat) == (1, 0)
        assert place(seat).number == "100002"

    def test_a_cancelled_cart_can_be_ordered_again_from_a_new_cart(self, blanket):
        cancel(place(blanket), "", now=NOW)

        assert place(blanket).number == "100002"


class TestHolds:
    def test_a_hold_ends_by_itself(self, blanket):
        order = place((blanket, 3), payment="card")

        assert release_expired(NOW + HOLD) == 1

        order.refresh_from_db()
        assert (order.status, level(blanket)) == ("cancelled", (10, 0))
        assert order.cart.is_open

    def test_a_hold_is_kept_until_its_time(self, blanket):
        place(blanket, payment="card")

        assert release_expired(NOW + HOLD - timedelta(seconds=1)) == 0
        assert level(blanket) == (10, 1)

    def test_an_agreed_order_keeps_its_pieces(self, blanket):
        place(blanket)
        mark_placed(place(blanket, payment="card"), NOW)

        assert release_expired(NOW + timedelta(days=30)) == 0
        assert level(blanket) == (10, 2)

    def test_an_order_that_holds_nothing_does_not_wait_for_ever(self, guide):
        order = place(guide, payment="card")

        assert release_expired(NOW + HOLD) == 1

        order.refresh_from_db()
        assert order.status == "cancelled"


class TestDesk:
    def test_the_morning_says_what_waits(self, blanket):
        paid(blanket)
        place(blanket, payment="on_delivery")
        place(blanket)
        place(blanket, payment="card")
        ship(paid(blanket), now=NOW)

        morning = waiting(date(2026, 3, 6))

        assert (morning.pack, morning.money, morning.late) == (2, 1, 0)

    def test_late_is_what_was_promised_for_yesterday(self, blanket):
        paid(blanket)
        cancel(place(blanket), "", now=NOW)

        assert waiting(date(2026, 3, 7)).late == 1

    def test_a_partly_refunded_order_is_still_to_pack(self, blanket):
        order = paid(blanket)
        Order.objects.update(payment_status="partly_refunded")

        assert order in Order.objects.to_pack()
        assert ship(order, now=NOW).pk


class TestLink:
    def test_a_token_leads_to_its_order(self, blanket):
        order = place(blanket)

        assert order_from(token_for(order)) == order
        assert order_url(order) == f"http://localhost/orders/{token_for(order)}/"

    @pytest.mark.parametrize("token", ["", "1", "x:y", "\x00", "é" * 200, ":" * 50, "../../etc"])
    def test_a_made_up_token_leads_nowhere(self, db, token):
        with pytest.raises(Order.DoesNotExist):
            order_from(token)

    def test_a_changed_token_leads_nowhere(self, blanket):
        order, other = place(blanket), place(blanket)
        signature = token_for(order).split(":")[1]

        with pytest.raises(Order.DoesNotExist):
            order_from(f"{other.uid.hex}:{signature}")


def test_carts_of_the_same_goods_do_not_share_holds(blanket):
    place(cart=make_cart((blanket, 10)), payment="card")

    assert release_expired(NOW + HOLD) == 1
    assert place((blanket, 10)).number == "100001"
