"""The back office of the counter, and of what other packages brought along."""

from shop.admin import accounts, clock

__all__ = ["accounts", "clock"]
