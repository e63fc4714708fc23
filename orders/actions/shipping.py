"""Sending the parcel."""

from datetime import date, datetime
from urllib.parse import quote

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.timezone import localdate

from catalog.models import Product
from customers.models import Customer
from orders import events, letters
from orders.actions import holds
from orders.actions.history import announce, note
from orders.models import Order, OrderEvent, Shipment, ShipmentLine

Fulfilment = Order.FulfilmentStatus


class NotPaid(Exception):
    """The money is not there, and the buyer does not pay at the door."""


class NotShippable(Exception):
    """The order is not placed, was sent already, or has nothing to send."""


class TooEarly(Exception):
    """Something in it was ordered before it comes out; `released_on` is the day from which it may be sent."""

    def __init__(self, released_on: date) -> None:
        super().__init__(released_on)
        self.released_on = released_on


@transaction.atomic
def ship(
    order: Order,
    carrier: str = "",
    tracking_number: str = "",
    actor: Customer | None = None,
    now: datetime | None = None,
) -> Shipment:
    """Send everything that an order holds: stock leaves the shelf, the buyer is told, `order_shipped` is announced.

    Without a carrier the delivery method's own is meant. Raises NotShippable, NotPaid, TooEarly for a
    pre-order, stock.NotOnHand for what was sold in advance and has not come; nothing has changed then.
    """
    now = now or timezone.now()
    order.refresh_from_db(from_queryset=Order.objects.select_for_update())
    if order.status != Order.Status.PLACED or order.fulfilment_status != Fulfilment.UNFULFILLED:
        raise NotShippable(order.pk)
    if not order.pays_on_delivery and order.payment_status not in Order.MONEY_IS_THERE:
        raise NotPaid(order.pk)
    _refuse_unreleased(order, now)
    order.fulfilment_status, order.fulfilled_at = Fulfilment.FULFILLED, now
    Order.objects.filter(pk=order.pk, fulfilment_status=Fulfilment.UNFULFILLED).update(
        fulfilment_status=order.fulfilment_status, fulfilled_at=now
    )
    holds.ship(order, actor=str(actor or ""))
    shipment = _pack(order, carrier.strip(), tracking_number.strip(), actor, now)
    note(order, OrderEvent.Type.SHIPPED, now, " ".join((shipment.carrier, shipment.tracking_number)).strip(), actor)
    letters.tell_shipped(order, shipment)
    announce(events.order_shipped, order)
    return shipment


def _refuse_unreleased(order: Order, now: datetime) -> None:
    lines = order.lines.filter(kind__in=Product.SENT_KINDS, variant__released_on__gt=localdate(now))
    latest = lines.aggregate(day=Max("variant__released_on"))["day"]
    if latest:
        raise TooEarly(latest)


def tracking_address(pattern: str, number: str) -> str:
    """The carrier's page for a parcel; empty without a number or for what is no web address."""
    if not (number and pattern.startswith(("https://", "http://"))):
        return ""
    return pattern.replace("{number}", quote(number, safe=""))


def _pack(order: Order, carrier: str, number: str, actor: Customer | None, now: datetime) -> Shipment:
    method = order.delivery_method
    shipment = Shipment.objects.create(
        order=order,
        carrier=carrier or (method.carrier if method else ""),
        tracking_number=number,
        tracking_url=tracking_address(method.tracking_url if method else "", number),
        actor=actor,
        shipped_at=now,
    )
    ShipmentLine.objects.bulk_create(
        ShipmentLine(shipment=shipment, line=line, quantity=line.quantity)
        for line in order.lines.all()
        if line.needs_delivery
    )
    return shipment
