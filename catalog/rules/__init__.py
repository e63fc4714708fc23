"""What a collection asks of its goods: conditions in groups, told once and read in two ways.

`fits` answers for one product without a database, `as_sql` for all of them at once; tests hold the two together.
"""

from catalog.rules.facts import Facts, facts_of
from catalog.rules.fields import FIELDS, Around
from catalog.rules.judging import as_sql, fits
from catalog.rules.tree import Condition, Group, Unfit, read, write

__all__ = [
    "FIELDS",
    "Around",
    "Condition",
    "Facts",
    "Group",
    "Unfit",
    "as_sql",
    "facts_of",
    "fits",
    "read",
    "write",
]
