"""What staff may make of an order: other goods at today's prices, other ways to deliver it.

Asked of the same functions that price a cart, on a cart that is gone again at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils import translation

from orders.models import Cart, CartLine, Order, OrderAddress
from orders.queries.cart_lines import Line
from orders.queries.summary import Summary, summarise
from orders.tax import Payer, Verdict


def lines_to_add(order: Order, added: Mapping[int, int], now: datetime) -> Iterable[tuple[Line, Verdict]]:
    """The variants (key to pieces) as a cart of this customer would have them today, and how they are taxed."""
    if not added:
        return []
    with _imagined(order, added, now) as summary:
        return [(line, summary.tax) for line in summary.lines]


def offers_for(order: Order, now: datetime) -> list:
    """The ways in which this order could reach its buyer today, with prices and days.

    Who picks it up gave no address: until there is one he may only come to another shop. A point of a carrier is
    chosen by the buyer, and what goes to one goes there in the same way.
    """
    if order.point_code:
        return []
    has_address = order.addresses.filter(kind=OrderAddress.Kind.DELIVERY).exists()
    pieces = {line.variant_id: line.left for line in order.lines.all() if line.left and line.variant_id}
    with _imagined(order, pieces, now) as summary:
        return [offer for offer in summary.offers if not offer.is_point and (has_address or offer.is_pickup)]


def ways_out(order: Order, now: datetime) -> list:
    """The ways in which an order that is picked up could be sent to the country of its buyer instead."""
    pieces = {line.variant_id: line.left for line in order.lines.all() if line.left and line.variant_id}
    with _imagined(order, pieces, now) as summary:
        return [offer for offer in summary.offers if offer.goes_to_door]


@contextmanager
def _imagined(order: Order, pieces: Mapping[int, int], now: datetime) -> Iterator[Summary]:
    """A cart of these goods for the same customer and address. Rolled back before it is handed over."""
    addresses = {address.kind: address for address in order.addresses.all()}
    goes_to = addresses.get(OrderAddress.Kind.DELIVERY) or addresses.get(OrderAddress.Kind.BILLING)
    billing = addresses.get(OrderAddress.Kind.BILLING)
    payer = Payer(
        postcode=goes_to.postcode if goes_to else "",
        area=goes_to.region if goes_to else "",
        billing_country=billing.country.code if billing else "",
        vat_number=order.vat_number,
    )
    with transaction.atomic(), translation.override(order.language):
        # Never an open one: a customer has one of those, and it is not ours to touch.
        cart = Cart.objects.create(
            status=Cart.Status.MERGED, customer_id=order.customer_id, currency=order.currency, language=order.language
        )
        CartLine.objects.bulk_create(
            CartLine(cart=cart, variant_id=pk, name="", quantity=number, seen_price=0) for pk, number in pieces.items()
        )
        country = goes_to.country.code if goes_to else None
        summary = summarise(cart, country, now=now, email=order.email, payer=payer)
        transaction.set_rollback(True)
    yield summary
