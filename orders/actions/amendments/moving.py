"""Another address, or another way to deliver, for an order of which something is left to send."""

from datetime import datetime

from django.utils.timezone import localdate

from catalog.money import tax_inside, tax_on
from orders.actions.amendments.refusals import NotDelivered, TaxWouldChange
from orders.actions.amendments.wishes import Outcome, Wish
from orders.models import Order, OrderAddress
from orders.queries.amended import offers_for
from orders.tax import Payer, judge


def move(order: Order, wish: Wish, outcome: Outcome, now: datetime, reprices: bool = False) -> int:
    """Write the new address and way down; returns by how much the delivery is cheaper, as prices are written.

    With `reprices` the order has its new price, and whoever called sums it up and saves; else the price stays as paid.
    """
    if wish.address:
        _readdress(order, wish.address, outcome, now)
    return _redirect(order, wish.delivery, outcome, now, reprices) if wish.delivery else 0


def _readdress(order: Order, new, outcome: Outcome, now: datetime) -> None:
    old = order.addresses.filter(kind=OrderAddress.Kind.DELIVERY).first()
    if old is None or not new.is_complete:
        raise NotDelivered(order.pk)
    if _taxed_at(order, old, old.country.code, now) != _taxed_at(order, new, new.country, now):
        raise TaxWouldChange(order.pk)
    was = _line(old)
    for name, value in new.lines().items():
        setattr(old, name, value)
    old.save()
    outcome.rows.append({"what": "address", "was": was, "now": _line(old)})


def _line(address: OrderAddress) -> str:
    parts = (address.name, address.line1, address.line2, f"{address.postcode} {address.city}".strip())
    return ", ".join(part for part in parts if part)


def _taxed_at(order: Order, address, country: str, now: datetime) -> tuple:
    payer = Payer(postcode=address.postcode, area=address.region)
    return country, dict(judge(country, payer, order.customer, True, localdate(now)).rates)


def _redirect(order: Order, code: str, outcome: Outcome, now: datetime, reprices: bool) -> int:
    offer = next((offer for offer in offers_for(order, now) if offer.code == code), None)
    if offer is None:
        raise NotDelivered(order.pk)
    cheaper = (order.delivery_shown if reprices else _costs(order)) - offer.price
    outcome.rows.append({"what": "delivery", "was": order.delivery_name, "now": offer.name, "price": offer.price})
    order.delivery_method, order.delivery_name = offer.method, offer.name
    order.promised_from, order.promised_on = offer.arrives_from, offer.arrives_by
    if reprices:
        # What promotions took off the former way is no part of the new price.
        order.delivery_discount = 0
        _price(order, offer.price)
    else:
        order.save(update_fields=["delivery_method", "delivery_name", "promised_from", "promised_on"])
    return cheaper


def _costs(order: Order) -> int:
    """What the way that was agreed last costs: an earlier change may have given back a part of what was paid."""
    rows = [row for change in order.changes.order_by("pk") for row in change.rows if row["what"] == "delivery"]
    return rows[-1].get("price", order.delivery_shown) if rows else order.delivery_shown


def _price(order: Order, price: int) -> None:
    rate = order.delivery_tax_rate_bp
    order.delivery_tax = tax_inside(price, rate) if order.prices_include_tax else tax_on(price, rate)
    order.delivery_net = price - order.delivery_tax if order.prices_include_tax else price
    order.delivery_gross = order.delivery_net + order.delivery_tax
