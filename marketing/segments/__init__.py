"""Which people are meant: a rule told once, asked of all of them in SQL and of one person in Python.

A kind of condition is declared in one place (`kinds`); tests hold its two readings together.
"""

from marketing.segments import kinds
from marketing.segments.at_large import at_large
from marketing.segments.compiling import compile
from marketing.segments.evaluating import Verdict, evaluate, explain, person_of
from marketing.segments.kind import KINDS
from marketing.segments.others import asks_itself
from marketing.segments.tree import Fault, Group, Unfit, check, read, write

__all__ = [
    "KINDS", "Fault", "Group", "Unfit", "Verdict", "asks_itself", "at_large", "check", "compile", "evaluate", "explain",
    "kinds", "person_of", "read", "write",
]  # fmt: skip
