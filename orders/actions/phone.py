"""Orders that staff enters for somebody on the telephone: a cart of its own, priced and placed like any other."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from customers.models import Customer
from orders.actions import carts
from orders.models import Cart, CreditAccount


def begin(staff: Customer, customer: Customer | None = None, language: str = "en", now: datetime | None = None) -> Cart:
    """An empty cart at the order desk. It is nobody's open cart: a customer keeps the one he has."""
    now = now or timezone.now()
    language = customer.language if customer else language
    return Cart.objects.create(
        channel=Cart.Channel.PHONE,
        entered_by=staff,
        customer=customer,
        language=language,
        created_at=now,
        active_at=now,
    )


@transaction.atomic
def set_buyer(cart: Cart, customer: Customer | None) -> None:
    """Who buys: his group's prices hold, he is written to in his language, and his store credit may pay.

    Store credit of whoever it was before no longer does.
    """
    if cart.customer_id == (customer.pk if customer else None):
        return
    cart.customer = customer
    cart.credit = list(_cards(cart))
    if customer:
        cart.language, cart.email, cart.name = customer.language, customer.email, customer.name
    fields = ["customer", "credit", "language", "email", "name"]
    if Cart.objects.open().filter(pk=cart.pk).update(**{name: getattr(cart, name) for name in fields}):
        carts.accept_prices(cart)


def _cards(cart: Cart):
    known = CreditAccount.objects.filter(pk__in=cart.credit, kind=CreditAccount.Kind.GIFT_CARD)
    return known.values_list("pk", flat=True)


def set_language(cart: Cart, language: str) -> None:
    """The language in which the buyer is written to."""
    cart.language = language
    Cart.objects.open().filter(pk=cart.pk).update(language=language)


def drop(cart: Cart) -> bool:
    """Throw an unfinished order away; False when it has become one."""
    if not cart.is_open or cart.orders.exclude(status="cancelled").exists():
        return False
    return bool(Cart.objects.open().filter(pk=cart.pk, channel=Cart.Channel.PHONE).delete()[0])
