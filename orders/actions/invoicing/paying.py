"""What an invoice says about paying, as of its day and in its language."""

from datetime import datetime

from django.utils import translation
from django.utils.text import capfirst
from django.utils.timezone import localdate

from orders.models import Order, Payment, Supplement
from orders.queries.ways_to_pay import way_to_pay

INSTRUCTIONS_LENGTH = 1000


def paying(order: Order, now: datetime) -> dict:
    """How the order was paid by then, or how it is to be; see `Invoice.payment`. Empty where nothing tells."""
    living = [payment for payment in order.payments.all() if payment.status != Payment.Status.CANCELLED]
    made = [payment for payment in living if payment.supplement_id is None]
    if not made:
        return {}
    # Gift cards pay a part; the other way is the one that a buyer can still do something about.
    made.sort(key=lambda payment: payment.account_id is None)
    with translation.override(order.language):
        names = dict.fromkeys(_name(payment) for payment in made)
        said = {"by": made[-1].method, "name": ", ".join(names)}
        if order.paid_at is not None and order.paid_at <= now:
            return {**said, "state": "paid", "on": localdate(order.paid_at).isoformat()}
        way = way_to_pay(made[-1].method)
        instructions = way.instructions if way else ""
        return {
            **said,
            "state": "door" if order.pays_on_delivery else "open",
            "open": sum(payment.amount - payment.captured for payment in made),
            "instructions": instructions[:INSTRUCTIONS_LENGTH],
            **({"due": order.due_on.isoformat()} if order.due_on else {}),
        }


def paying_of(order: Order, supplement: Supplement, now: datetime) -> dict:
    """How what was added was paid."""
    paid = supplement.payments.filter(status=Payment.Status.CAPTURED, is_surplus=False).first()
    if paid is None:
        return {}
    with translation.override(order.language):
        day = localdate(supplement.settled_at or now).isoformat()
        return {"by": paid.method, "name": _name(paid), "state": "paid", "on": day}


def _name(payment: Payment) -> str:
    way = way_to_pay(payment.method)
    return str(way.name if way else capfirst(payment.get_method_display()))
