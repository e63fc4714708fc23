"""What the ledger of payments says, in sums."""

from collections.abc import Iterable
from dataclasses import dataclass

from orders.models import PaymentEvent

Kind = PaymentEvent.Kind


@dataclass(frozen=True, slots=True)
class Sums:
    """Minor units. `disputed` is what the bank has taken back for now or for good."""

    authorised: int = 0
    cancelled: int = 0
    captured: int = 0
    refunded: int = 0
    disputed: int = 0

    @property
    def kept(self) -> int:
        return self.captured - self.refunded - self.disputed


def sums_of(events: Iterable[PaymentEvent]) -> Sums:
    """What the events of a payment add up to, in whatever order they came."""
    total = dict.fromkeys(Kind, 0)
    for event in events:
        total[Kind(event.kind)] += event.amount
    return Sums(
        authorised=total[Kind.AUTHORISED],
        cancelled=total[Kind.CANCELLED],
        captured=total[Kind.CAPTURED] - total[Kind.RETURNED],
        # What is on its way counts, as in the column.
        refunded=total[Kind.REFUND_ASKED] - total[Kind.REFUND_FAILED],
        disputed=total[Kind.DISPUTED] - total[Kind.DISPUTE_WON],
    )
