"""The price from now on: one window after another, each with its steps, the last one open."""

from datetime import UTC, datetime
from typing import NamedTuple

from catalog.markets import Market
from catalog.pricing.rules import Rules, Steps, steps_at

# Every window that has begun begins here: when it really did is for the history to know.
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Window(NamedTuple):
    """`starts` is BEGINNING for the window that holds now; `ends` is None for the last one."""

    starts: datetime
    ends: datetime | None
    steps: Steps


def timeline(rules: Rules, market: Market, now: datetime) -> list[Window]:
    """Windows without a gap from now on. Neighbours that say the same are one."""
    if rules.is_plain:
        return [Window(BEGINNING, None, {1: rules.base} if market.currency == rules.base_currency else {})]
    coming = sorted(edge for edge in rules.edges() if edge > now)
    pieces = [(BEGINNING, steps_at(rules, market, now)), *((edge, steps_at(rules, market, edge)) for edge in coming)]
    kept = [piece for place, piece in enumerate(pieces) if not place or piece[1] != pieces[place - 1][1]]
    ends = [starts for starts, _ in kept[1:]]
    return [Window(starts, end, steps) for (starts, steps), end in zip(kept, [*ends, None], strict=True)]
