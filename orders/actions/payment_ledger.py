"""Writing down what came of a payment, in the transaction of the change itself."""

from datetime import datetime

from django.db.models import F

from orders.models import Payment, PaymentEvent

Kind = PaymentEvent.Kind
# The column of the payment that an event moves, and which way.
MOVES = {
    Kind.AUTHORISED: ("authorised", 1),
    Kind.CAPTURED: ("captured", 1),
    Kind.RETURNED: ("captured", -1),
    Kind.CANCELLED: ("cancelled", 1),
}


def record(payment: Payment, kind: Kind, amount: int, now: datetime, reference: str = "", note: str = "") -> bool:
    """Add a fact to the ledger; with a reference each stands there once, however often it is told.

    Inside a transaction that has locked the payment; the given instance is brought up to date. False when it stood
    there.
    """
    if reference and payment.events.filter(kind=kind, reference=reference[:120]).exists():
        return False
    PaymentEvent.objects.create(
        payment=payment, kind=kind, amount=amount, reference=reference[:120], note=note[:200], created_at=now
    )
    if kind in MOVES:
        column, sign = MOVES[kind]
        Payment.objects.filter(pk=payment.pk).update(**{column: F(column) + sign * amount})
        setattr(payment, column, getattr(payment, column) + sign * amount)
    return True
