"""Writing down what came of a payment, in the transaction of the change itself."""

from datetime import datetime

from orders.models import Payment, PaymentEvent


def record(
    payment: Payment, kind: PaymentEvent.Kind, amount: int, now: datetime, reference: str = "", note: str = ""
) -> None:
    """Add a fact to the ledger; with a reference each stands there once, however often it is told."""
    event = PaymentEvent(
        payment=payment, kind=kind, amount=amount, reference=reference[:120], note=note[:200], created_at=now
    )
    PaymentEvent.objects.bulk_create([event], ignore_conflicts=bool(reference))
