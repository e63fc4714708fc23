"""The back office of the writing desk."""

from marketing.admin import carts, customers, events, flow, message, notice, review

__all__ = ["carts", "customers", "events", "flow", "message", "notice", "review"]
