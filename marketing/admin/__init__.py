"""The back office of the writing desk."""

from marketing.admin import carts, customers, events, flow, message, notice, question, review

__all__ = ["carts", "customers", "events", "flow", "message", "notice", "question", "review"]
