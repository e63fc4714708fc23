"""The back office of the counter, its front page, and what other packages brought along."""

from shop.admin import accounts, clock, page

__all__ = ["accounts", "clock", "page"]
