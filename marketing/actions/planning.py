"""The clock's round through the flows: who gets in, and who is due."""

from datetime import datetime

from marketing.actions.advancing import advance_due
from marketing.actions.enrolling import enrol


def plan(now: datetime) -> int:
    """Let people into live flows and move on who is due; says how many messages were written, planned or skipped.

    A second tick, or two at once, write nothing more.
    """
    enrol(now)
    return advance_due(now)
