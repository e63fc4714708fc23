"""Gift cards and store credit: what the shop owes, as a ledger. Balances never fall below zero."""

from orders.actions.credit.codes import code_of
from orders.actions.credit.entering import TooManyCards, UnknownCode, enter, find, take_off, use_store_credit
from orders.actions.credit.issuing import (
    credit_customer,
    issue,
    issue_sold,
    lock_cards_of,
    recall,
    refund_to_credit,
    take_off_sold,
)
from orders.actions.credit.ledger import NotCovered, put, take
from orders.actions.credit.once import DoneBefore, moves_of, once
from orders.actions.credit.sending import send_due, send_once_more
from orders.actions.credit.spending import give_back, spend, spend_again

__all__ = [
    "DoneBefore",
    "NotCovered",
    "TooManyCards",
    "UnknownCode",
    "code_of",
    "credit_customer",
    "enter",
    "find",
    "give_back",
    "issue",
    "issue_sold",
    "lock_cards_of",
    "moves_of",
    "once",
    "put",
    "recall",
    "refund_to_credit",
    "send_due",
    "send_once_more",
    "spend",
    "spend_again",
    "take",
    "take_off",
    "take_off_sold",
    "use_store_credit",
]
