"""Why somebody was not written to, as sentences. The label of a rule says what should hold, these say what did not."""

from django.utils.translation import gettext_lazy as _

from marketing.flows.triggers import base
from marketing.rules import Rule

REASONS = {
    Rule.PAUSED: _("the flow is paused"),
    Rule.CLOSED: _("the cart was ordered or emptied"),
    Rule.EMPTY: _("nothing was left in the cart"),
    Rule.BUSY: _("the cart is in use"),
    Rule.TOO_LATE: _("it was too late"),
    Rule.NO_CONSENT: _("no consent"),
    Rule.SUPPRESSED: _("the address is suppressed"),
    Rule.ORDERED: _("ordered meanwhile"),
    Rule.PAYING: _("a payment is in progress"),
    Rule.SOLD_OUT: _("everything is sold out"),
    Rule.COOLING: _("written to lately"),
    Rule.PRESSURE: _("the person gets enough already"),
    Rule.GIVES_WAY: _("something more important came first"),
    Rule.QUIET: _("it was a quiet hour"),
    Rule.FURTHER: _("the person went further: another flow writes"),
    Rule.RETURNED: _("goods or money of the order went back"),
    Rule.GOODS_GONE: _("the goods can no longer be bought"),
    Rule.STAGE: _("the person came to another stage"),
    Rule.OWN_EXIT: _("the flow’s own rule for leaving holds"),
    Rule.LEFT_FLOW: _("the person had left the flow"),
    Rule.GOAL: _("the goal is reached"),
    Rule.NO_ADDRESS: _("no address for this channel"),
    Rule.HELD_OUT: _("held back, to tell what the message achieves"),
    Rule.STOCK_CAP: _("there are no more pieces to offer"),
    "called_off": _("the broadcast was called off"),
    "missed": _("the broadcast was missed"),
    "conditions": _("a condition did not hold"),
    "entered_lately": _("the person was in this flow lately"),
    "flow_retired": _("the flow was retired"),
    "cannot_be_written": _("the words could not be filled in"),
    "refused": _("the mail server refused it"),
    "worker_lost": _("the worker stopped while sending"),
    "no_answer": _("the mail server gave no answer"),
}

EXITS = {
    base.ORDERED: _("when the person orders; while a payment is in progress it waits"),
    base.CART: _("when the cart is ordered, emptied or sold out"),
    base.FURTHER: _("when the person goes further and another flow writes"),
    base.RETURNED: _("when goods or money of the order go back"),
    base.SOLD_OUT: _("when the goods can no longer be bought"),
    base.STAGE_LEFT: _("when the person comes to another stage"),
}


def in_words(reason: str) -> str:
    return str(REASONS.get(reason, reason))
