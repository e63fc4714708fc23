"""A span of time, reckoned from the moment at which the question is asked."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from catalog.moments import day
from marketing.segments.params.base import LONGEST, Box, Param, Posted, is_whole, whole

EVER, NEVER, WITHIN, BEFORE, BETWEEN = "ever", "never", "within", "before", "between"
MOST_DAYS = 3660
# Times are kept to the microsecond: the first moment that is after `now`.
TICK = timedelta(microseconds=1)


class Bounds(NamedTuple):
    """From `start` on (None: from the beginning), before `end`."""

    start: datetime | None
    end: datetime

    def holds(self, moment: datetime | None) -> bool:
        return moment is not None and (self.start is None or self.start <= moment) and moment < self.end

    def lookups(self, column: str) -> dict:
        """The same for a query."""
        begins = {} if self.start is None else {f"{column}__gte": self.start}
        return {**begins, f"{column}__lt": self.end}


def bounds(value: dict, now: datetime) -> Bounds:
    """What the span is at that moment. Nothing after `now` is in it; days begin at midnight in the shop."""
    when = value["when"]
    if when == WITHIN:
        return Bounds(now - timedelta(days=value["days"]), now + TICK)
    if when == BEFORE:
        return Bounds(None, now - timedelta(days=value["days"]))
    if when == BETWEEN:
        last = date.fromisoformat(value["to"]) + timedelta(days=1)
        return Bounds(_midnight(date.fromisoformat(value["from"])), min(_midnight(last), now + TICK))
    return Bounds(None, now + TICK)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), get_default_timezone())


def moves(value: dict) -> bool:
    """Whether time alone changes what is in the span."""
    return value["when"] in (WITHIN, BEFORE)


@dataclass(frozen=True, slots=True)
class When(Param):
    """{"when": "within", "days": 30}, {"when": "before", "days": 30}, {"when": "between", "from": …, "to": …}, …"""

    offered: tuple[str, ...] = (EVER, WITHIN, BEFORE, BETWEEN)

    def first(self) -> dict:
        return {"when": EVER} if EVER in self.offered else {"when": WITHIN, "days": 30}

    def typed(self, posted: Posted, at: str) -> dict:
        name = f"{at}-{self.name}"
        when = posted.get(name, "")[:LONGEST]
        if when in (WITHIN, BEFORE):
            return {"when": when, "days": whole(posted.get(f"{name}-days", ""))}
        if when == BETWEEN:
            return {"when": when, "from": posted.get(f"{name}-from", "")[:10], "to": posted.get(f"{name}-to", "")[:10]}
        return {"when": when}

    def boxes(self, value: Any, at: str) -> list[Box]:
        name, told = f"{at}-{self.name}", _offers()
        days = f"{name}={WITHIN},{BEFORE}"
        return [
            Box(name, str(self.label), "select", value.get("when"), [(code, told[code]) for code in self.offered]),
            Box(f"{name}-days", _("days"), "number", value.get("days", ""), only=days),
            Box(f"{name}-from", _("first day"), "date", value.get("from", ""), only=f"{name}={BETWEEN}"),
            Box(f"{name}-to", _("last day"), "date", value.get("to", ""), only=f"{name}={BETWEEN}"),
        ]

    def fault(self, value: Any) -> str:
        when = value.get("when") if isinstance(value, dict) else None
        if when not in self.offered:
            return _("“%(label)s”: choose one.") % {"label": self.label}
        if when in (WITHIN, BEFORE) and not is_whole(value.get("days"), 1, MOST_DAYS):
            return _("“%(label)s”: a number of days from 1 to %(most)d.") % {"label": self.label, "most": MOST_DAYS}
        if when == BETWEEN:
            first, last = _day(value.get("from")), _day(value.get("to"))
            if first is None or last is None or last < first:
                return _("“%(label)s”: a first day, and a last one that does not come before it.") % {
                    "label": self.label
                }
        return ""

    def words(self, value: Any) -> str:
        when = value["when"]
        if when == BETWEEN:
            return _("from %(first)s to %(last)s") % {"first": day(_day(value["from"])), "last": day(_day(value["to"]))}
        if when == WITHIN:
            return _("in the last %(days)s days") % value
        if when == BEFORE:
            return _("more than %(days)s days ago") % value
        return str(_offers()[when]) if when == NEVER else ""


def _offers() -> dict[str, str]:
    return {
        EVER: _("at any time"),
        WITHIN: _("in the last … days"),
        BEFORE: _("more than … days ago"),
        BETWEEN: _("between two days"),
        NEVER: _("never"),
    }


def _day(text: Any) -> date | None:
    try:
        found = date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    # Midnight of the day after the last one has to exist.
    return found if 1970 <= found.year <= 9000 else None
