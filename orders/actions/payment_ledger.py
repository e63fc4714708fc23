"""Writing down what came of a payment, in the transaction of the change itself."""

from datetime import datetime

from orders.ledger_seal import SUMS
from orders.models import Payment, PaymentEvent

Kind = PaymentEvent.Kind


def record(payment: Payment, kind: Kind, amount: int, now: datetime, reference: str = "", note: str = "") -> bool:
    """Add a fact to the ledger; with a reference each stands there once, however often it is told.

    The database moves the payment's sums along (orders/ledger_seal.py); the given instance is brought up to date.
    Inside a transaction that has locked the payment. False when it stood there.
    """
    if reference and payment.events.filter(kind=kind, reference=reference[:120]).exists():
        return False
    PaymentEvent.objects.create(
        payment=payment, kind=kind, amount=amount, reference=reference[:120], note=note[:200], created_at=now
    )
    payment.refresh_from_db(fields=list(SUMS))
    return True
