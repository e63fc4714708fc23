"""What is to be different, and what was done."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from orders.details import AddressDetails
from orders.models import OrderLine, Refund, Supplement


@dataclass(frozen=True)
class Wish:
    """`pieces` is the new number of each line (by its key) that changes, `added` how many of which variants come new.

    `delivery` is the code of an offer. With `above_limit` staff lets the customer owe more than was agreed.
    """

    pieces: Mapping[int, int] = field(default_factory=dict)
    added: Mapping[int, int] = field(default_factory=dict)
    address: AddressDetails | None = None
    delivery: str = ""
    above_limit: bool = False

    @property
    def moves_no_money(self) -> bool:
        """Whether only the address is to be another."""
        return self.address is not None and not (self.pieces or self.added or self.delivery)


@dataclass
class Outcome:
    """What was done, in rows for the record, and what money moves."""

    rows: list[dict] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    # What the buyer is asked for in addition.
    supplement: Supplement | None = None


def row_of(line: OrderLine, step: int) -> dict:
    """A line that becomes so much longer or shorter, for the record."""
    was = line.quantity - line.cancelled
    name = ", ".join(filter(None, (line.product_name, line.variant_name)))
    return {"what": "line", "sku": line.sku, "name": name, "was": was, "now": was + step}
