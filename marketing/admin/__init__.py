"""The back office of the writing desk."""

from marketing.admin import carts, customers, events, flow, message, notice, question, review, segment, template

__all__ = ["carts", "customers", "events", "flow", "message", "notice", "question", "review", "segment", "template"]
