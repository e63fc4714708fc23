"""Another address, or another way to deliver, for an order of which something is left to send."""

from datetime import datetime

from django.utils.timezone import localdate

from catalog.money import tax_inside, tax_on
from orders.actions import holds, ways
from orders.actions.amendments.refusals import NotDelivered, TaxWouldChange
from orders.actions.amendments.wishes import Outcome, Wish
from orders.delivery import Offer
from orders.models import Order, OrderAddress
from orders.queries.amended import offers_for
from orders.tax import Payer, judge

Kind = OrderAddress.Kind


def move(order: Order, wish: Wish, outcome: Outcome, now: datetime, reprices: bool = False) -> int:
    """Write the new address and way down; returns by how much the delivery is cheaper, as prices are written.

    A new address is asked for its zone: where the way that was agreed does not go there, NotDelivered is raised; where
    it costs another price there, that one holds. With `reprices` the order has its new price, and whoever called sums
    it up and saves; else the price stays as paid.
    """
    code = wish.delivery
    if wish.address:
        before = _today(order, now)
        _readdress(order, wish.address, outcome, now)
        code = code or _code_there(order, before, now)
    return _redirect(order, code, outcome, now, reprices) if code else 0


def _today(order: Order, now: datetime) -> Offer | None:
    """The way that was agreed, as it would be offered today."""
    if order.delivery_method_id is None or order.is_pickup:
        return None
    return next((offer for offer in offers_for(order, now) if _is_same(offer, order)), None)


def _code_there(order: Order, before: Offer | None, now: datetime) -> str:
    """The code of the same way where it costs another price at the new address; empty when it costs the same.

    Raises NotDelivered where it does not go there. A way that is not offered any more is not asked about.
    """
    if order.is_pickup:
        # Somebody who comes for it gave an address: by which way it goes has to be said.
        raise NotDelivered(order.pk)
    if before is None:
        return ""
    there = _today(order, now)
    if there is None:
        raise NotDelivered(order.pk)
    return there.code if there.price != before.price else ""


def _is_same(offer: Offer, order: Order) -> bool:
    return not offer.is_pickup and offer.method.pk == order.delivery_method_id


def _readdress(order: Order, new, outcome: Outcome, now: datetime) -> None:
    old = order.addresses.filter(kind=Kind.DELIVERY).first()
    if not new.is_complete or (old is None and not order.is_pickup):
        raise NotDelivered(order.pk)
    if _taxed_now(order, old, now) != _taxed_at(order, new, new.country, now):
        raise TaxWouldChange(order.pk)
    was = _line(old) if old else order.pickup_address
    goes_to = old or OrderAddress(order=order, kind=Kind.DELIVERY)
    for name, value in new.lines().items():
        setattr(goes_to, name, value)
    goes_to.save()
    outcome.rows.append({"what": "address", "was": was, "now": _line(goes_to)})


def _line(address: OrderAddress) -> str:
    parts = (address.name, address.line1, address.line2, f"{address.postcode} {address.city}".strip())
    return ", ".join(part for part in parts if part)


def _taxed_now(order: Order, old: OrderAddress | None, now: datetime) -> tuple:
    if old is not None:
        return _taxed_at(order, old, old.country.code, now)
    billing = order.addresses.filter(kind=Kind.BILLING).first()
    taxes = order.taxes.order_by("pk").first()
    country = taxes.country.code if taxes else billing.country.code if billing else ""
    return country, dict(judge(country, Payer(), order.customer, True, localdate(now)).rates)


def _taxed_at(order: Order, address, country: str, now: datetime) -> tuple:
    payer = Payer(postcode=address.postcode, area=address.region)
    return country, dict(judge(country, payer, order.customer, True, localdate(now)).rates)


def _redirect(order: Order, code: str, outcome: Outcome, now: datetime, reprices: bool) -> int:
    offer = next((offer for offer in offers_for(order, now) if offer.code == code), None)
    # Whoever comes for it pays before.
    if offer is None or (offer.is_pickup and order.pays_on_delivery and order.paid_at is None):
        raise NotDelivered(order.pk)
    cheaper = (order.delivery_shown if reprices else ways.costs(order)) - offer.price
    outcome.rows.append({"what": "delivery", "was": order.delivery_name, "now": offer.name, "price": offer.price})
    place = order.pickup_place_id
    order.delivery_method, order.delivery_name = offer.method, offer.name
    order.promised_from, order.promised_on = offer.arrives_from, offer.arrives_by
    order.pickup_place_id, order.pickup_address, order.ready_at = None, "", None
    if offer.spot:
        order.pickup_place_id, order.pickup_address = offer.spot.pk, offer.spot.address
        _needs_no_address(order)
    order.save(update_fields=ways.COLUMNS)
    if place != order.pickup_place_id:
        holds.gather(order, order.pickup_place_id)
    if reprices:
        # What promotions took off the former way is no part of the new price.
        order.delivery_discount = 0
        _price(order, offer.price)
    return cheaper


def _needs_no_address(order: Order) -> None:
    """Nothing is sent to it any more; an invoice still names the buyer."""
    goes_to = OrderAddress.objects.filter(order=order, kind=Kind.DELIVERY)
    if order.addresses.filter(kind=Kind.BILLING).exists():
        goes_to.delete()
    else:
        goes_to.update(kind=Kind.BILLING)


def _price(order: Order, price: int) -> None:
    rate = order.delivery_tax_rate_bp
    order.delivery_tax = tax_inside(price, rate) if order.prices_include_tax else tax_on(price, rate)
    order.delivery_net = price - order.delivery_tax if order.prices_include_tax else price
    order.delivery_gross = order.delivery_net + order.delivery_tax
