"""Changing an order that was agreed: fewer pieces, more, other goods, another address, another way to deliver.

An order whose money is not here is agreed anew: its lines and sums are written again, and its invoice, if it has one.
One that was paid stays as it was invoiced: what is called off is counted beside its lines, and its money goes back;
what is added is a supplement, asked for separately.
"""

from orders.actions.amendments.amending import amend, cancel_lines, preview
from orders.actions.amendments.refusals import (
    AboveLimit,
    ChangedMeanwhile,
    IsPaid,
    IsSettled,
    IsWaiting,
    NotAmendable,
    NotDelivered,
    NothingToChange,
    NotSold,
    TaxWouldChange,
    TooFewPieces,
)
from orders.actions.amendments.wishes import Wish

__all__ = [
    "AboveLimit",
    "ChangedMeanwhile",
    "IsPaid",
    "IsSettled",
    "IsWaiting",
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
