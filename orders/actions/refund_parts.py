"""What a refund is for: pieces of lines, the delivery, goodwill. Steps of `refunds`, under the lock of the order."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Sum

from catalog.models import Product
from orders import shares
from orders.actions import fulfilment, holds
from orders.models import CreditEntry, Order, OrderLine, Refund, RefundLine, Supplement
from orders.shares import Share

# What takes money off a gift card, or puts it back on it, other than making it and calling it off.
SPENDING = (CreditEntry.Kind.SPENT, CreditEntry.Kind.RETURNED, CreditEntry.Kind.REFUND)


class PartTooLarge(Exception):
    """More of a line, or of the delivery (`line_id` is None), was to go back than is left of it.

    `pieces` and `available` (minor units) are what is left.
    """

    def __init__(self, line_id: int | None, pieces: int, available: int) -> None:
        super().__init__(line_id, pieces, available)
        self.line_id, self.pieces, self.available = line_id, pieces, available


@dataclass(frozen=True, slots=True)
class Back:
    """So many pieces of an order line go back. `gross` is how much of their price does, None for all of it.

    With `restock` they go back on the shelf, at that location or where they came from, when the money does.
    """

    line_id: int
    quantity: int = 0
    gross: int | None = None
    restock: bool = False
    location_id: int | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What a refund consists of; `delivery` and `goodwill` are gross minor units."""

    lines: tuple[Back, ...] = ()
    delivery: int = 0
    goodwill: int = 0


@dataclass(frozen=True, slots=True)
class Priced:
    """Parts with their net and tax; `lines` are rows that are not written yet."""

    lines: tuple[RefundLine, ...]
    delivery: Share
    goodwill: int

    @property
    def amount(self) -> int:
        return sum(line.gross for line in self.lines) + self.delivery.gross + self.goodwill

    def sums(self) -> dict[str, int]:
        """The columns of the refund."""
        return {
            "amount": self.amount,
            "goods": sum(line.gross for line in self.lines),
            "delivery_net": self.delivery.net,
            "delivery_tax": self.delivery.tax,
            "delivery_gross": self.delivery.gross,
            "goodwill": self.goodwill,
        }


def price(order: Order, parts: Parts) -> Priced:
    """What the parts come to. Raises PartTooLarge, ValueError for less than nothing."""
    if parts.goodwill < 0:
        raise ValueError("A refund is of at least one minor unit.")
    # What was added and is not paid has no money to give back.
    paid = order.lines.exclude(supplement__status=Supplement.Status.OPEN)
    lines = {line.pk: line for line in paid.filter(pk__in=[back.line_id for back in parts.lines])}
    left = rest_of_delivery(order)
    if not 0 <= parts.delivery <= left.gross:
        raise PartTooLarge(None, 0, left.gross)
    rows = [_priced(lines.get(back.line_id), back) for back in parts.lines]
    return Priced(
        tuple(row for row in rows if row.quantity or row.gross), shares.of_amount(left, parts.delivery), parts.goodwill
    )


def rest_of(line: OrderLine) -> Share:
    """What of a line has not gone back."""
    return Share(line.net - line.refunded_net, line.tax - line.refunded_tax)


def rest_of_delivery(order: Order) -> Share:
    return Share(order.delivery_net - order.delivery_refunded_net, order.delivery_tax - order.delivery_refunded_tax)


def worth(line: OrderLine, pieces: int) -> Share:
    """What so many of the pieces of a line that were not refunded were paid for. Raises ValueError for more."""
    share = shares.of_pieces(rest_of(line), line.quantity - line.refunded, pieces)
    most = left_of(line)
    return share if share.gross <= most else shares.of_amount(rest_of(line), most)


def left_of(line: OrderLine) -> int:
    """How much of a line's price may go back: of gift cards only what nobody has spent."""
    if line.kind != Product.Kind.GIFT_CARD:
        return line.refundable
    moved = CreditEntry.objects.filter(account__line=line, kind__in=SPENDING).aggregate(sum=Sum("amount"))["sum"]
    return max(0, line.refundable - max(0, -(moved or 0)))


def spent_of(order: Order) -> int:
    """What of the gift cards that an order bought was spent and is not refunded: it stays paid."""
    cards = order.lines.filter(kind=Product.Kind.GIFT_CARD)
    return sum(line.refundable - left_of(line) for line in cards)


def everything(order: Order, amount: int) -> Parts:
    """An amount as parts: line after line, then delivery, and what is more than that as goodwill."""
    backs, delivery = [], 0
    for line in order.lines.all():
        most = left_of(line)
        gross = min(amount, most)
        pieces = line.quantity - line.refunded if gross == most else 0
        if gross or pieces:
            backs.append(Back(line.pk, pieces, gross))
        amount -= gross
    delivery = min(amount, order.delivery_refundable)
    return Parts(tuple(backs), delivery, amount - delivery)


def take(order: Order, refund: Refund, priced: Priced) -> None:
    """Write the lines down and count them, so that nobody gives the same back twice."""
    for row in priced.lines:
        row.refund = refund
    RefundLine.objects.bulk_create(priced.lines)
    _count(order, refund, priced.lines, 1)


def let_go(order: Order, refund: Refund) -> None:
    """The refund failed: its parts may be given back anew."""
    _count(order, refund, refund.lines.all(), -1)


def put_back(order: Order, refund: Refund) -> None:
    """The pieces whose money went back are on the shelf again; of those not sent yet nobody packs any."""
    rows = list(refund.lines.filter(restock=True, quantity__gte=1).select_related("line").order_by("line"))
    for row in rows:
        came_back = holds.put_back(row.line, row.quantity, row.location_id, order.number, str(refund.actor or ""))
        unsent = min(row.quantity - came_back, row.line.left)
        if unsent:
            holds.release_some({row.line: unsent})
            OrderLine.objects.filter(pk=row.line.pk).update(cancelled=F("cancelled") + unsent)
    if rows:
        fulfilment.restate(order)


def _priced(line: OrderLine | None, back: Back) -> RefundLine:
    if line is None:
        raise PartTooLarge(back.line_id, 0, 0)
    left = line.quantity - line.refunded
    if not 0 <= back.quantity <= left:
        raise PartTooLarge(line.pk, left, left_of(line))
    if back.gross is None:
        share = worth(line, back.quantity)
    elif 0 <= back.gross <= (most := left_of(line)):
        share = shares.of_amount(rest_of(line), back.gross)
    else:
        raise PartTooLarge(line.pk, left, most)
    return RefundLine(
        line=line,
        quantity=back.quantity,
        net=share.net,
        tax=share.tax,
        gross=share.gross,
        restock=back.restock and bool(back.quantity),
        location_id=back.location_id,
    )


def _count(order: Order, refund: Refund, lines: Iterable[RefundLine], sign: int) -> None:
    for row in lines:
        OrderLine.objects.filter(pk=row.line_id).update(
            refunded=F("refunded") + sign * row.quantity,
            refunded_net=F("refunded_net") + sign * row.net,
            refunded_tax=F("refunded_tax") + sign * row.tax,
        )
    if refund.delivery_gross:
        Order.objects.filter(pk=order.pk).update(
            delivery_refunded_net=F("delivery_refunded_net") + sign * refund.delivery_net,
            delivery_refunded_tax=F("delivery_refunded_tax") + sign * refund.delivery_tax,
        )
