"""The telephone rings: some orders of the last days came by it, and one waits for an answer."""

from datetime import datetime

from catalog.models import Variant
from customers.models import Customer
from orders.actions import carts, phone
from orders.models import Cart, Order, PaymentMethod

CALLER = ("teresa.sanchis@post.example", "Teresa Sanchis", "ES")


def answer_the_telephone(now: datetime) -> None:
    clerk = Customer.objects.filter(email__startswith="clerk@").first()
    latest = Order.objects.placed().filter(payments__method=PaymentMethod.Code.BANK_TRANSFER).order_by("-pk")
    called = list(latest.values_list("pk", flat=True)[:3])
    Order.objects.filter(pk__in=called).update(channel=Cart.Channel.PHONE, entered_by=clerk)
    cart = phone.begin(clerk, language="es", now=now)
    carts.remember_guest(cart, *CALLER)
    for variant in Variant.objects.for_cart().for_sale().filter(asks=False, levels__on_hand__gte=6).order_by("pk")[:2]:
        carts.add(cart, variant, now=now)
