"""Money coming in. One order has one living payment; whatever tells us of its money, `settle` alone takes it.

Rules of this room: the intent is a row before Stripe is called; Stripe is never called inside a transaction; the
order's row is locked before the payment's, always; and what Stripe says is believed only when it is signed or when we
asked ourselves.
"""

from orders.actions.payments.addressing import was_refused
from orders.actions.payments.again import has_lapsed, turn_to_card
from orders.actions.payments.asking import ask
from orders.actions.payments.beginning import begin_card_payment
from orders.actions.payments.by_hand import mark_paid
from orders.actions.payments.capturing import NotTaken, capture
from orders.actions.payments.fate import Fate
from orders.actions.payments.giving_up import give_up
from orders.actions.payments.holding import let_go, let_go_quietly
from orders.actions.payments.looking import check
from orders.actions.payments.processing import process_event, process_events
from orders.actions.payments.receiving import receive_event
from orders.actions.payments.reconciling import reconcile
from orders.actions.payments.settling import settle
from orders.actions.payments.trouble import NotPayable, PaymentUnavailable
from orders.providers import NotGenuine

__all__ = [
    "Fate",
    "NotGenuine",
    "NotPayable",
    "NotTaken",
    "PaymentUnavailable",
    "ask",
    "begin_card_payment",
    "capture",
    "check",
    "give_up",
    "has_lapsed",
    "let_go",
    "let_go_quietly",
    "mark_paid",
    "process_event",
    "process_events",
    "receive_event",
    "reconcile",
    "settle",
    "turn_to_card",
    "was_refused",
]
