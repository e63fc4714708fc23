"""Sending parcels: all at once, or what is there."""

from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import quote

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.timezone import localdate

from customers.models import Customer
from orders import events, letters, texts
from orders.actions import fulfilment, holds
from orders.actions.history import announce, note
from orders.actions.invoicing.issuing import issue_when_due
from orders.models import Order, OrderEvent, OrderLine, Shipment, ShipmentLine


class NotPaid(Exception):
    """The money is not there, and the buyer does not pay at the door."""


class NotCaptured(NotPaid):
    """A card holds the money: it has to be taken first. Nothing else stands in the way of the parcel."""


class NotShippable(Exception):
    """The order is not placed, was sent already, or has nothing to send."""


class TooEarly(Exception):
    """Something in it was ordered before it comes out; `released_on` is the day from which it may be sent."""

    def __init__(self, released_on: date) -> None:
        super().__init__(released_on)
        self.released_on = released_on


class SentMeanwhile(NotShippable):
    """Another parcel went since the person looked; a form sent twice ends here too."""


class NothingChosen(NotShippable):
    """A parcel has something in it."""


class TooManyPieces(NotShippable):
    """More of a line was to go than is left to send; `left` is how many are, `line_id` which line."""

    def __init__(self, line_id: int, left: int) -> None:
        super().__init__(line_id, left)
        self.line_id, self.left = line_id, left


@transaction.atomic
def ship(
    order: Order,
    carrier: str = "",
    tracking_number: str = "",
    actor: Customer | None = None,
    now: datetime | None = None,
    *,
    pieces: Mapping[int, int] | None = None,
    tracking_url: str = "",
    seen: int | None = None,
) -> Shipment:
    """Send a parcel: stock leaves the shelf, the buyer is told, `parcel_sent` is announced, with the last one
    `order_shipped`.

    `pieces` are how many of each line (by its key) go into it, None for all that is left; `seen` how many parcels there
    were when somebody decided so. Without a carrier the delivery method's own is meant. Raises NotShippable,
    TooManyPieces, NothingChosen, SentMeanwhile, NotPaid (NotCaptured where `dispatching.dispatch` helps), TooEarly for
    a pre-order, stock.NotOnHand for what was sold in advance and has not come; nothing has changed then.
    """
    now = now or timezone.now()
    order.refresh_from_db(from_queryset=Order.objects.select_for_update())
    if not order.is_to_send:
        raise NotShippable(order.pk)
    if seen is not None and order.shipments.count() != seen:
        raise SentMeanwhile(order.pk)
    if not order.pays_after and order.payment_status not in Order.MONEY_IS_SURE:
        raise NotPaid(order.pk)
    packed = _chosen(order, pieces)
    _refuse_unreleased(packed, now)
    for line, number in packed.items():
        OrderLine.objects.filter(pk=line.pk).update(sent=F("sent") + number)
    holds.ship_some(packed, document=order.number, actor=str(actor or ""))
    if order.payment_status == Order.PaymentStatus.AUTHORISED:
        # The last thing that is asked: no money is taken for a parcel that cannot leave.
        raise NotCaptured(order.pk)
    shipment = _pack(order, packed, carrier.strip(), tracking_number.strip(), tracking_url, actor, now)
    fulfilment.restate(order, now)
    handed = OrderEvent.Type.HANDED_OVER if order.is_pickup else OrderEvent.Type.SHIPPED
    note(order, handed, now, _written(order, shipment, packed), actor)
    issue_when_due(order, now)
    if not order.is_pickup:
        letters.tell_shipped(order, shipment)
        texts.tell_sent(order, shipment, now)
    announce(events.parcel_sent, order, now)
    if order.fulfilment_status == Order.FulfilmentStatus.FULFILLED:
        announce(events.order_shipped, order, now)
    return shipment


def _chosen(order: Order, pieces: Mapping[int, int] | None) -> dict[OrderLine, int]:
    lines = {line.pk: line for line in order.lines.select_related("supplement").order_by("pk") if line.left}
    wanted = {pk: line.left for pk, line in lines.items() if not line.waits_for_money} if pieces is None else pieces
    if any(number and pk in lines and lines[pk].waits_for_money for pk, number in wanted.items()):
        raise NotPaid(order.pk)
    for pk, number in wanted.items():
        left = lines[pk].left if pk in lines else 0
        if not 0 <= number <= left:
            raise TooManyPieces(pk, left)
    packed = {lines[pk]: number for pk, number in sorted(wanted.items()) if number}
    if not packed:
        raise NothingChosen(order.pk)
    return packed


def _refuse_unreleased(packed: Mapping[OrderLine, int], now: datetime) -> None:
    lines = OrderLine.objects.filter(pk__in=[line.pk for line in packed], variant__released_on__gt=localdate(now))
    latest = lines.aggregate(day=Max("variant__released_on"))["day"]
    if latest:
        raise TooEarly(latest)


def tracking_address(pattern: str, number: str) -> str:
    """The carrier's page for a parcel; empty without a number or for what is no web address."""
    if not (number and pattern.startswith(("https://", "http://"))):
        return ""
    return pattern.replace("{number}", quote(number, safe=""))


def _pack(
    order: Order,
    packed: Mapping[OrderLine, int],
    carrier: str,
    number: str,
    url: str,
    actor: Customer | None,
    now: datetime,
) -> Shipment:
    method = order.delivery_method
    own = not carrier or (method is not None and carrier == method.carrier)
    shipment = Shipment.objects.create(
        order=order,
        carrier=carrier or (method.carrier if method else ""),
        tracking_number=number,
        # Another carrier has another page.
        tracking_url=url or tracking_address(method.tracking_url if method and own else "", number),
        actor=actor,
        shipped_at=now,
    )
    ShipmentLine.objects.bulk_create(
        ShipmentLine(shipment=shipment, line=line, quantity=quantity) for line, quantity in packed.items()
    )
    return shipment


def _written(order: Order, shipment: Shipment, packed: Mapping[OrderLine, int]) -> str:
    """For the history; what is in a parcel is told where it is not everything."""
    words = " ".join(filter(None, (shipment.carrier, shipment.tracking_number)))
    if order.fulfilment_status == Order.FulfilmentStatus.FULFILLED and order.shipments.count() == 1:
        return words
    inside = ", ".join(f"{number} × {line.sku}" for line, number in packed.items())
    return f"{words}: {inside}" if words else inside
