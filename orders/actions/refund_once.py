"""A refund on the strength of the number that a person had before his eyes."""

from datetime import datetime

from django.db import transaction

from customers.models import Customer
from orders.actions import paying_back, refund_parts, refunds
from orders.models import Order, Payment, Refund


class RefundedMeanwhile(Exception):
    """More or less has gone back than the person saw; `refunded` is how much. A form sent twice ends here too."""

    def __init__(self, refunded: int) -> None:
        super().__init__(refunded)
        self.refunded = refunded


def went_back(order: Order) -> int:
    """What has gone back of all payments of the order, or is on its way: what a person `saw`."""
    return sum(Payment.objects.filter(order=order, is_surplus=False).values_list("refunded", flat=True))


def refund_order(
    order: Order,
    seen: int,
    parts: refunds.Parts,
    reason: str,
    actor: Customer | None = None,
    now: datetime | None = None,
    to_credit: bool = False,
    payment_id: int | None = None,
) -> list[Refund]:
    """Give parts of an order back over all of its payments (`paying_back.giving`), or of that one alone.

    All of it is written down in one transaction, then carried out; look at the status of each. `to_credit` does not
    concern what a gift card or store credit paid: that goes back where it came from. Raises RefundedMeanwhile when
    `seen` is not `went_back(order)` any more, RefundTooLarge, PartTooLarge; nothing has changed then.
    """
    with transaction.atomic(durable=True):
        fresh = Order.objects.select_for_update().get(pk=order.pk)
        gone = went_back(fresh)
        if gone != seen:
            raise RefundedMeanwhile(gone)
        wishes = [
            refunds.request(payment, share, reason, actor, now=now, to_credit=to_credit and not payment.account_id)
            for payment, share in plan(fresh, parts, payment_id)
        ]
    return [refunds.send(wish, now) for wish in wishes]


def plan(order: Order, parts: refunds.Parts, payment_id: int | None = None) -> list[tuple[Payment, refunds.Parts]]:
    """Which payment gives back what. Raises RefundTooLarge where they have not so much left, PartTooLarge."""
    giving = [one for one in paying_back.giving(order) if payment_id in (None, one.pk)]
    shares = paying_back.shared(order, parts, giving)
    if sum(paying_back.amount_of(share) for _payment, share in shares) != refund_parts.price(order, parts).amount:
        raise refunds.RefundTooLarge(sum(payment.refundable for payment in giving))
    if not shares:
        raise ValueError("A refund is of at least one minor unit.")
    return shares
