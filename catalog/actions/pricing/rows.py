"""From the windows of a variant to the rows that pages read. No database here."""

from datetime import datetime

from catalog.actions.pricing.goods import Good
from catalog.markets import Market
from catalog.models import EffectivePrice
from catalog.pricing.reductions import Change, lowest_before_reduction
from catalog.pricing.rules import Priced
from catalog.pricing.timeline import Window


def rows_of(
    good: Good, timelines: dict[Market, list[Window]], histories: dict[str, list[Change]], now: datetime
) -> list[EffectivePrice]:
    """The rows, unsaved. None in the base market for a variant that simply costs what it says."""
    rows: list[EffectivePrice] = []
    if good.rules.is_plain:
        return rows
    for market, windows in timelines.items():
        changes = _with_the_coming(histories.get(market.currency, []), timelines[market.public])
        written = [row for place in range(len(windows)) for row in _rows(good, market, windows, place, changes, now)]
        if not (market.is_base and _says_nothing_new(good, written)):
            rows += written
    return rows


def _with_the_coming(changes: list[Change], windows: list[Window]) -> list[Change]:
    """The history as it will be read when the last window has begun."""
    coming = [(window.starts, window.steps.get(1)) for window in windows[1:]]
    return [*changes, *(Change(at, step.price, step.compare_at) for at, step in coming if step)]


def _rows(good: Good, market: Market, windows: list[Window], place: int, changes: list[Change], now: datetime):
    window = windows[place]
    following = windows[place + 1].steps if place + 1 < len(windows) else {}
    for step, priced in window.steps.items():
        lowest = lowest_before_reduction(changes, max(window.starts, now)) if step == 1 and priced.compare_at else None
        yield EffectivePrice(
            variant_id=good.pk,
            market=market.key,
            from_quantity=step,
            valid_from=window.starts,
            valid_until=window.ends,
            price=priced.price,
            compare_at=priced.compare_at,
            lowest=lowest,
            sale_id=priced.sale,
            shows_end=_ends_for_good(good, priced, following.get(step)),
        )


def _ends_for_good(good: Good, priced: Priced, following: Priced | None) -> bool:
    """Whether the sale wants its end shown and the price is really higher after it."""
    shows = any(sale.pk == priced.sale and sale.shows_end for sale in good.rules.sales)
    return shows and following is not None and following.price > priced.price


def _says_nothing_new(good: Good, rows: list[EffectivePrice]) -> bool:
    if len(rows) != 1:
        return False
    row, base = rows[0], good.rules.base
    return (row.price, row.compare_at, row.lowest) == (base.price, base.compare_at, None)
