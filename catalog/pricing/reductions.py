"""The price that a reduction must be announced with.

Directive 98/6/EC, article 6a, put in by directive (EU) 2019/2161 and in force since 28 May 2022: whoever announces a
price reduction says the prior price, the lowest that was applied during a period not shorter than 30 days before the
reduction. It is judged when the reduction begins and stays the same for as long as it lasts; a reduction that grows
without a break is one reduction (paragraph 5). A price that goes up again while it is still called reduced begins a
new one, so that nobody can walk up and down below a former price of long ago.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

LOOKS_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Change:
    """From `at` on it cost `price`; with a `compare_at` it was called reduced. Minor units."""

    at: datetime
    price: int
    compare_at: int | None = None


def lowest_before_reduction(changes: Sequence[Change], moment: datetime) -> int | None:
    """The prior price of the reduction that runs at that moment; None without one, or when nothing came before it.

    `changes` are in the order of time.
    """
    began = began_at(changes, moment)
    return None if began is None else lowest_between(changes, began - LOOKS_BACK, began)


def began_at(changes: Sequence[Change], moment: datetime) -> datetime | None:
    """When the reduction that runs at that moment began; None without one."""
    began, before = None, None
    for change in changes:
        if change.at > moment:
            break
        if change.compare_at is None:
            began = None
        elif began is None or (before is not None and change.price > before):
            began = change.at
        before = change.price
    return began


def lowest_between(changes: Sequence[Change], since: datetime, until: datetime) -> int | None:
    """The lowest price that held for any time from `since` until just before `until`; None when there was none."""
    ends = [change.at for change in changes[1:]]
    held = [
        change.price
        for change, end in zip(changes, [*ends, None], strict=True)
        if change.at < until and (end is None or end > since) and end != change.at
    ]
    return min(held, default=None)
