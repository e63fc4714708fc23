"""Reading what banks export: pure, no database."""

from orders.bank.cells import NotACell, amount_of, day_of
from orders.bank.table import NEEDED, ROLES, Table, Unreadable, guess, read

__all__ = ["NEEDED", "ROLES", "NotACell", "Table", "Unreadable", "amount_of", "day_of", "guess", "read"]
