"""A refund on the strength of the number that a person had before his eyes."""

from datetime import datetime

from django.db import transaction

from customers.models import Customer
from orders.actions import refunds
from orders.actions.locking import lock
from orders.models import Payment, Refund


class RefundedMeanwhile(Exception):
    """More or less has gone back than the person saw; `refunded` is how much. A form sent twice ends here too."""

    def __init__(self, refunded: int) -> None:
        super().__init__(refunded)
        self.refunded = refunded


def refund_once(
    payment: Payment,
    seen: int,
    what: int | refunds.Parts,
    reason: str,
    actor: Customer | None = None,
    restock: bool = False,
    now: datetime | None = None,
    to_credit: bool = False,
) -> Refund:
    """`refunds.refund`, provided that `seen` is what has gone back of the payment until now; else RefundedMeanwhile."""
    with transaction.atomic(durable=True):
        _order, fresh = lock(payment)
        if fresh.refunded != seen:
            raise RefundedMeanwhile(fresh.refunded)
        wish = refunds.request(fresh, what, reason, actor, restock, now, to_credit)
    return refunds.send(wish, now)
