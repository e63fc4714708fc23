"""Promotions in use: claimed by orders and given back, their codes typed and made."""

from orders.actions.promotions.claiming import UsedUp, claim, claim_again, release
from orders.actions.promotions.codes import NotTaken, TooManyCodes, enter, make_batch, make_code, take_off
from orders.actions.promotions.keeping import changed, duplicate, leave_category

__all__ = [
    "NotTaken",
    "TooManyCodes",
    "UsedUp",
    "changed",
    "leave_category",
    "claim",
    "claim_again",
    "duplicate",
    "enter",
    "make_batch",
    "make_code",
    "release",
    "take_off",
]
