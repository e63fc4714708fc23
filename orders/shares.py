"""What some pieces of a row were paid for: pure sums in whole minor units.

Parts taken one after the other are always the whole, and net + tax = gross in each: the last piece takes the rest.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a row."""

    net: int
    tax: int

    @property
    def gross(self) -> int:
        return self.net + self.tax

    def minus(self, other: "Share") -> "Share":
        return Share(self.net - other.net, self.tax - other.tax)


NOTHING = Share(0, 0)


def of_pieces(rest: Share, pieces: int, wanted: int) -> Share:
    """What `wanted` of the `pieces` that `rest` is for cost. Raises ValueError for more pieces than there are."""
    if not 0 <= wanted <= pieces:
        raise ValueError(f"{wanted} of {pieces} pieces")
    if not wanted:
        return NOTHING
    gross, net = rest.gross * wanted // pieces, rest.net * wanted // pieces
    return Share(net, gross - net)


def of_amount(rest: Share, gross: int) -> Share:
    """Net and tax of an amount out of `rest`. Raises ValueError for more than there is."""
    if not 0 <= gross <= rest.gross:
        raise ValueError(f"{gross} of {rest.gross}")
    if not gross:
        return NOTHING
    net = rest.net * gross // rest.gross
    return Share(net, gross - net)
