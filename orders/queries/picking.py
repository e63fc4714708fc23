"""What is to be taken from the shelves, and what goes into which parcel, for many orders at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from orders.models import Order, OrderAddress, OrderLine, Reservation, Shipment, Supplement

# Added to a paid order, and not paid itself.
WAITS_FOR_MONEY = {"supplement__status": Supplement.Status.OPEN, "supplement__waits": True}


@dataclass(slots=True)
class Pick:
    """So many pieces of a variant from one place, for these orders (number, pieces)."""

    location: str
    sku: str
    name: str
    pieces: int = 0
    orders: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Packed:
    """A row of a packing slip. `parts` are the components of a bundle, for all of its pieces: (pieces, SKU, name)."""

    line: OrderLine
    pieces: int
    barcode: str
    parts: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """What goes, or went, into one parcel."""

    order: Order
    address: OrderAddress | None
    rows: tuple[Packed, ...]
    shipment: Shipment | None = None

    @property
    def pieces(self) -> int:
        return sum(row.pieces for row in self.rows)


def picks(orders: Sequence[Order]) -> list[Pick]:
    """By place and SKU, what these orders hold and nobody has sent; two queries, however many orders.

    What is not counted in stock lies nowhere: its place is empty.
    """
    held = Reservation.objects.filter(line__order__in=orders, status=Reservation.Status.HELD)
    held = held.exclude(**{f"line__{name}": value for name, value in WAITS_FOR_MONEY.items()})
    held = held.select_related("level__variant__product", "level__location", "line__order")
    found: dict[tuple[str, str], Pick] = {}
    counted = set()
    for row in held.order_by("line__order_id", "pk"):
        variant, number = row.level.variant, row.line.order.number
        counted.add(row.line_id)
        own = row.line.variant_id == variant.pk
        name = _name(row.line) if own else variant.product.name
        _put(found, str(row.level.location), variant.sku, name, row.quantity, number)
    lines = OrderLine.objects.filter(order__in=orders).exclude(**WAITS_FOR_MONEY).select_related("order")
    for line in lines.order_by("order_id", "pk"):
        if line.left and line.pk not in counted:
            _put(found, "", line.sku, _name(line), line.left, line.order.number)
    return [found[key] for key in sorted(found)]


def slips(orders: Sequence[Order]) -> list[Slip]:
    """A slip for each order with what is still to send; for one that is sent, a slip for each of its parcels."""
    ready = Order.objects.filter(pk__in=[order.pk for order in orders]).prefetch_related(
        "lines__variant", "lines__supplement", "addresses", "shipments__lines"
    )
    by_pk = {order.pk: order for order in ready}
    return [slip for order in orders if order.pk in by_pk for slip in _of(by_pk[order.pk])]


def _of(order: Order) -> list[Slip]:
    address = next((one for one in order.addresses.all() if one.kind == OrderAddress.Kind.DELIVERY), None)
    lines = {line.pk: line for line in order.lines.all()}
    left = tuple(_packed(line, line.left) for line in lines.values() if line.left and not line.waits_for_money)
    if left and order.is_to_send:
        return [Slip(order, address, left)]
    return [
        Slip(order, address, tuple(_packed(lines[row.line_id], row.quantity) for row in shipment.lines.all()), shipment)
        for shipment in order.shipments.all()
    ]


def _packed(line: OrderLine, pieces: int) -> Packed:
    parts = tuple((part["quantity"] * pieces, part["sku"], part["name"]) for part in line.components)
    return Packed(line, pieces, line.variant.barcode if line.variant else "", parts)


def _name(line: OrderLine) -> str:
    return ", ".join(filter(None, (line.product_name, line.variant_name)))


def _put(found: dict, location: str, sku: str, name: str, pieces: int, number: str) -> None:
    pick = found.setdefault((location, sku), Pick(location, sku, name))
    pick.pieces += pieces
    if pick.orders and pick.orders[-1][0] == number:
        pieces += pick.orders.pop()[1]
    pick.orders.append((number, pieces))
