"""Putting something in addition into a paid order: held at once, asked for, sent when it is paid."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from catalog.actions import stock
from customers.models import ShopDetails
from orders.actions import holds
from orders.actions import supplement_sums as sums
from orders.actions.invoicing import issue
from orders.models import Order, OrderLine, Payment, PaymentMethod, Supplement


def add(order: Order, lines: Sequence[OrderLine], delivery: int, before: dict, now: datetime) -> Supplement:
    """A step of changing a paid order, under its lock: these new lines (not saved yet), and so much more for delivery.

    `before` is how it was delivered until now. The first invoice is written first, so that it says what was paid.
    Raises stock.SoldOut.
    """
    issue(order, now)
    sums.price(order, lines)
    more = sums.dearer(order, delivery)
    supplement = Supplement.objects.create(
        order=order,
        amount=sum(line.gross for line in lines) + more.gross,
        delivery_net=more.net,
        delivery_tax=more.tax,
        delivery_gross=more.gross,
        before=before if delivery else {},
        created_at=now,
        expires_at=now + timedelta(days=ShopDetails.current().supplement_days),
    )
    for line in lines:
        line.supplement = supplement
    written = OrderLine.objects.bulk_create(lines)
    for line in written:
        if line.variant_id:
            holds.record_more(line, stock.reserve({line.variant_id: line.quantity}, order.pickup_place_id))
    sums.enlarge(order, written, supplement)
    # The bank may tell of its money at any time; a card is asked for when the buyer comes.
    Payment.objects.create(
        order=order,
        supplement=supplement,
        method=PaymentMethod.Code.BANK_TRANSFER,
        amount=supplement.amount,
        currency=order.currency,
        created_at=now,
    )
    return supplement


def again(line: OrderLine, quantity: int) -> OrderLine:
    """So many more pieces of a line, as a line of its own at the price that was agreed."""
    copied = (
        "order", "variant", "product_name", "variant_name", "answers", "answers_key", "is_returnable", "sku", "kind",
        "unit_price", "cost", "has_tax", "tax_rate_bp", "waits", "expected_on", "components",
    )  # fmt: skip
    told = {name: getattr(line, name) for name in copied}
    return OrderLine(**told, quantity=quantity, net=0, tax=0, gross=0)
