"""Reminders of carts that were left behind: found by `plan`, sent by `dispatch`, at most once per cart."""

from marketing.actions.dispatching import dispatch
from marketing.actions.planning import plan

__all__ = ["dispatch", "plan"]
