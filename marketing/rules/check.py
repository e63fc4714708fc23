"""A rule, and what it saw."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rule(models.TextChoices):
    """The value is the reason of a message that was not sent; the label is read by staff."""

    PAUSED = "flow_paused", _("The flow is live")
    CLOSED = "cart_closed", _("The cart is still open")
    EMPTY = "cart_empty", _("Something is in the cart")
    BUSY = "cart_in_use", _("Nobody touched the cart for long enough")
    TOO_LATE = "too_late", _("It is not too late")
    NO_CONSENT = "no_consent", _("The person agreed to be written to")
    SUPPRESSED = "suppressed", _("The address is not suppressed")
    ORDERED = "ordered_since", _("The person placed no order since")
    PAYING = "payment_in_progress", _("No payment is in progress")
    SOLD_OUT = "sold_out", _("Something in the cart can still be bought")
    COOLING = "written_lately", _("The person was not written to lately")
    PRESSURE = "too_many", _("The person gets no more than the limit")
    GIVES_WAY = "gives_way", _("Nothing more important waits for this person")
    QUIET = "quiet_hours", _("It is no quiet hour for the person")
    NO_ADDRESS = "no_address", _("There is an address for this channel")
    HELD_OUT = "held_out", _("The person is not among those held back")
    STOCK_CAP = "stock_cap", _("There are enough pieces for one more reader")
    FURTHER = "went_further", _("The person did not go further meanwhile")
    RETURNED = "given_back", _("Nothing of the order was given back")
    GOODS_GONE = "goods_gone", _("The goods can be bought")
    STAGE = "stage_left", _("The person is still in that stage")
    OWN_EXIT = "own_exit", _("The flow’s own rule for leaving does not hold")
    LEFT_FLOW = "left_flow", _("The person is still on the way through the flow")
    GOAL = "goal_reached", _("The goal is not reached yet")


@dataclass(frozen=True, slots=True)
class Check:
    """One rule and the value it saw. With `again_at` a rule that fails now may pass later."""

    rule: Rule
    passed: bool
    seen: str = ""
    again_at: datetime | None = None

    def as_json(self) -> dict:
        return {"rule": self.rule.value, "passed": self.passed, "seen": self.seen}


def decision(now: datetime, checks: list[Check]) -> dict:
    """What is kept of a look at the rules, for whoever asks why."""
    return {"at": now.isoformat(timespec="seconds"), "rules": [check.as_json() for check in checks]}


def verdict(checks: list[Check]) -> tuple[Check | None, datetime | None]:
    """The rule that forbids it for good, if one does; else the moment from which all may hold, or None for now."""
    failed = [check for check in checks if not check.passed]
    final = next((check for check in failed if check.again_at is None), None)
    return final, max((check.again_at for check in failed), default=None) if final is None else None


def minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
