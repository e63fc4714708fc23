"""In which stage of his life with the shop a person is, and why: a rule without a database."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from marketing.models.profile import Profile

Stage = Profile.Stage
#: Below so many buyers their own habits say too little: then these days hold.
ENOUGH_BUYERS = 200
RISK_DAYS, LAPSE_DAYS = 120, 240
#: Nothing seen or bought for so long: letters do not reach him any more.
SUNSET_DAYS = 540
SHOPPER_DAYS = 30
#: Of one's own gaps something can be said from so many orders on, and never that a month is long.
OWN_GAPS_FROM, MONTH = 3, 30


@dataclass(frozen=True, slots=True)
class Borders:
    """By what buyers are measured: days without an order, and money in a year (None: nobody is a VIP yet)."""

    risk_days: int = RISK_DAYS
    lapse_days: int = LAPSE_DAYS
    vip_from: int | None = None


@dataclass(slots=True)
class Facts:
    """What is known of one person. Orders in the order of their times; money in minor units, net of refunds."""

    known_at: datetime
    orders: list[datetime] = field(default_factory=list)
    spent: int = 0
    spent_year: int = 0
    is_subscriber: bool = False
    cart_at: datetime | None = None
    seen_at: datetime | None = None

    def gaps(self) -> list[int]:
        """Days between one order and the next."""
        return [(later - earlier).days for earlier, later in pairwise(self.orders)]


def stage_of(facts: Facts, borders: Borders, now: datetime) -> tuple[str, str]:
    """The stage, and a sentence that says why."""
    return _of_buyer(facts, borders, now) if facts.orders else _of_others(facts, now)


def _of_buyer(facts: Facts, borders: Borders, now: datetime) -> tuple[str, str]:
    risk, lapse, whose = _patience(facts, borders)
    quiet = (now - facts.orders[-1]).days
    words = {"days": quiet, "risk": risk, "lapse": lapse, "whose": whose, "orders": len(facts.orders)}
    unseen = (now - max(facts.orders[-1], facts.seen_at or facts.orders[-1])).days
    if quiet > lapse and unseen > SUNSET_DAYS:
        return Stage.SUNSET, _("Not seen for %(days)d days.") % {"days": unseen}
    if quiet > lapse:
        return Stage.LAPSED, _("%(days)d days without an order; lapsed after %(lapse)d (%(whose)s).") % words
    if quiet > risk:
        return Stage.AT_RISK, _("%(days)d days without an order; at risk after %(risk)d (%(whose)s).") % words
    if borders.vip_from is not None and facts.spent_year >= borders.vip_from:
        return Stage.VIP, _("Among the twentieth of buyers who spent most within a year.")
    if len(facts.orders) > 1:
        return Stage.REPEAT, _("%(orders)d orders; the last one %(days)d days ago.") % words
    return Stage.NEW_BUYER, _("One order, %(days)d days ago.") % words


def _patience(facts: Facts, borders: Borders) -> tuple[int, int, str]:
    """After how many days he is at risk and lapsed: by his own habit, or by that of all buyers."""
    if len(facts.orders) < OWN_GAPS_FROM:
        return borders.risk_days, borders.lapse_days, _("as buyers of this shop do")
    risk = max(MONTH, quantile(facts.gaps(), 0.80))
    return risk, max(risk + MONTH, quantile(facts.gaps(), 0.95)), _("by his own habit")


def _of_others(facts: Facts, now: datetime) -> tuple[str, str]:
    last = max(filter(None, [facts.known_at, facts.seen_at, facts.cart_at]))
    if (now - last).days > SUNSET_DAYS:
        return Stage.SUNSET, _("Not seen for %(days)d days.") % {"days": (now - last).days}
    if facts.cart_at and facts.cart_at >= now - timedelta(days=SHOPPER_DAYS):
        return Stage.SHOPPER, _("Had something in the cart %(days)d days ago.") % {"days": (now - facts.cart_at).days}
    if facts.is_subscriber:
        return Stage.SUBSCRIBER, _("Agreed to be written to; nothing bought yet.")
    return Stage.KNOWN, _("An address, and nothing more yet.")


def quantile(values: list[int], share: float) -> int:
    """The value below which that share of the others lies; of few values one of them."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def fifth_of(value: int | None, borders: list[int]) -> int | None:
    """1 to 5 by the four borders between the fifths; nothing without a value, or where nothing was measured."""
    if value is None or len(borders) != 4:
        return None
    return 1 + sum(value > border for border in borders)
