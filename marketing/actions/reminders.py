"""Flows from end to end: `plan` finds who is to be written to, `dispatch` sends, at most once."""

from marketing.actions.dispatching import dispatch
from marketing.actions.planning import plan

__all__ = ["dispatch", "plan"]
