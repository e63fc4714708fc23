"""Segments: their rules, and who is in them since when."""

from marketing.actions.segments.keeping import check, keep
from marketing.actions.segments.rules import InUse, MakesCircle, free_slug, freeze, remove, save_rule, users_of
from marketing.actions.segments.settling import bring_in_step, settle

__all__ = [
    "InUse", "MakesCircle", "bring_in_step", "check", "free_slug", "freeze", "keep", "remove", "save_rule",
    "settle", "users_of",
]  # fmt: skip
