"""Everything that can be asked of a person, in the order in which the builder offers it."""

# ruff: noqa: I001 - the order is the one of the builder
from marketing.segments.kinds import person, standing, consents, behaviour, orders, history, goods, messages, segments

__all__ = ["behaviour", "consents", "goods", "history", "messages", "orders", "person", "segments", "standing"]
