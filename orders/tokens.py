"""The link by which a guest sees his order: signed, made of the order's random id, without an end."""

import uuid

from django.conf import settings
from django.core import signing
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import translation

from catalog.models.listing import Revision
from customers.models import Customer
from orders.models import Order

SALT = "orders.order-link"


def token_for(order: Order) -> str:
    """A text for addresses that nobody can guess or make up."""
    return signing.Signer(salt=SALT).sign(order.uid.hex)


def order_from(token: str) -> Order:
    """The order of a token; `is_known_address` says whether its mail belongs to an account, `state` that of the shop.

    Raises Order.DoesNotExist for everything that is not one of ours.
    """
    try:
        uid = uuid.UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError, TypeError):
        raise Order.DoesNotExist from None
    # Orders keep addresses in small letters.
    accounts = Customer.objects.annotate(small=Lower("email")).filter(small=OuterRef("email"))
    state = Subquery(Revision.objects.filter(pk=1).values("token")[:1])
    return Order.objects.annotate(is_known_address=Exists(accounts), state=state).get(uid=uid)


def paper_url(order: Order, number: str) -> str:
    """The full address of an invoice or a credit note as PDF."""
    return settings.SITE_URL + reverse("paper", args=[token_for(order), number])


def order_url(order: Order) -> str:
    """The full address of the order's page, in the language of the order."""
    with translation.override(order.language):
        return settings.SITE_URL + reverse("order", args=[token_for(order)])


def pay_url(order: Order) -> str:
    """The full address at which an order that waits for a card is paid, in the language of the order."""
    with translation.override(order.language):
        return settings.SITE_URL + reverse("pay", args=[token_for(order)])
