"""How an order is delivered: what says so, and how it becomes again what it was."""

from datetime import date

from customers.models import PostalAddress
from orders.actions import holds
from orders.models import Order, OrderAddress

Kind = OrderAddress.Kind
COLUMNS = [
    "delivery_method", "delivery_name", "promised_from", "promised_on", "pickup_place", "pickup_address", "ready_at",
]  # fmt: skip


def state_of(order: Order) -> dict:
    """How it is delivered now, for `back_to`."""
    address = order.addresses.filter(kind=Kind.DELIVERY).first()
    return {
        "method": order.delivery_method_id,
        "name": order.delivery_name,
        "from": order.promised_from.isoformat() if order.promised_from else "",
        "on": order.promised_on.isoformat() if order.promised_on else "",
        "place": order.pickup_place_id,
        "pickup": order.pickup_address,
        "price": costs(order),
        "address": {name: str(getattr(address, name)) for name in PostalAddress.FIELDS} if address else {},
    }


def back_to(order: Order, before: dict) -> dict:
    """It is delivered as it was; gives the row that says so. A step of taking a dearer delivery back."""
    row = {"what": "delivery", "was": order.delivery_name, "now": before["name"], "price": before["price"]}
    place = order.pickup_place_id
    order.delivery_method_id, order.delivery_name = before["method"], before["name"]
    order.promised_from, order.promised_on = (
        date.fromisoformat(before[day]) if before[day] else None for day in ("from", "on")
    )
    order.pickup_place_id, order.pickup_address, order.ready_at = before["place"], before["pickup"], None
    order.save(update_fields=COLUMNS)
    addresses = OrderAddress.objects.filter(order=order, kind=Kind.DELIVERY)
    if before["address"]:
        OrderAddress.objects.update_or_create(order=order, kind=Kind.DELIVERY, defaults=before["address"])
    elif addresses and order.addresses.filter(kind=Kind.BILLING).exists():
        addresses.delete()
    if place != order.pickup_place_id:
        holds.gather(order, order.pickup_place_id)
    return row


def costs(order: Order) -> int:
    """What the way that was agreed last costs: an earlier change may have given back a part of what was paid."""
    rows = [row for change in order.changes.order_by("pk") for row in change.rows if row["what"] == "delivery"]
    return rows[-1].get("price", order.delivery_shown) if rows else order.delivery_shown
