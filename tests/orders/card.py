"""An order on its way to be paid by card, in a shop whose Stripe is the stand-in."""

from catalog.models import StockLevel
from orders.actions import payments
from orders.models import Order, Payment, PaymentMethod
from tests.orders.conftest import NOW, place

BACK = "http://shop.example/paid/"
CANCEL = "http://shop.example/pay/"


def begin(order: Order, now=NOW) -> str:
    return payments.begin_card_payment(order, BACK, CANCEL, now=now)


def order_by_card(*wanted, now=NOW, **fields) -> tuple[Order, Payment]:
    """A pending order whose payment page is open."""
    order = place(*wanted, now=now, payment="card", **fields)
    begin(order, now)
    return order, order.payments.get()


def paid_by_card(stripe, *wanted, now=NOW, **fields) -> tuple[Order, Payment]:
    """An order that was paid and settled."""
    order, payment = order_by_card(*wanted, now=now, **fields)
    stripe.pay(payment.session_id)
    payments.check(payment, now)
    order.refresh_from_db()
    payment.refresh_from_db()
    return order, payment


def charge_with_the_parcel() -> None:
    """From now on cards are charged when the first parcel leaves."""
    way = PaymentMethod.objects.get(code="card")
    way.captures_on_dispatch = True
    way.save()


def held_by_card(stripe, *wanted, now=NOW, **fields) -> tuple[Order, Payment]:
    """An order that may be packed while a card holds its money, in a shop that charges with the parcel."""
    order, payment = order_by_card(*wanted, now=now, **fields)
    stripe.pay(payment.session_id)
    payments.check(payment, now)
    order.refresh_from_db()
    payment.refresh_from_db()
    return order, payment


def on_shelf(variant) -> tuple[int, int]:
    """Pieces on hand, and how many of them are held."""
    return StockLevel.objects.values_list("on_hand", "reserved").get(variant=variant)


def history(order: Order) -> list[str]:
    return list(order.events.values_list("type", flat=True))
