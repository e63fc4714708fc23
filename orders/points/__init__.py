"""Lists of pick-up points as carriers give them out: a table of text, and which column is what. Pure."""

from orders.points.rows import NEEDED, ROLES, Fault, point_of
from orders.points.table import LARGEST, Table, Unreadable, guess, read, table_of

__all__ = ["LARGEST", "NEEDED", "ROLES", "Fault", "Table", "Unreadable", "guess", "point_of", "read", "table_of"]
