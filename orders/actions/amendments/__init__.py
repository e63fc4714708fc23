"""Changing an order that was agreed: fewer pieces, more, other goods, another address, another way to deliver.

An order without money is agreed anew: its lines and sums are written again. One that was paid stays as it was
invoiced: what is called off is counted beside its lines, and its money goes back.
"""

from orders.actions.amendments.amending import amend, cancel_lines, preview
from orders.actions.amendments.refusals import (
    ChangedMeanwhile,
    IsPaid,
    IsSettled,
    NotAmendable,
    NotDelivered,
    NothingToChange,
    NotSold,
    TaxWouldChange,
    TooFewPieces,
)
from orders.actions.amendments.wishes import Wish

__all__ = [
    "ChangedMeanwhile",
    "IsPaid",
    "IsSettled",
    "NotAmendable",
    "NotDelivered",
    "NotSold",
    "NothingToChange",
    "TaxWouldChange",
    "TooFewPieces",
    "Wish",
    "amend",
    "cancel_lines",
    "preview",
]
