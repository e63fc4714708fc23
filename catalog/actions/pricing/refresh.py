"""Working out what variants cost from now on, writing it down, and noting in the history what has changed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from catalog import bulk
from catalog.actions.pricing import log
from catalog.actions.pricing.goods import Good, load
from catalog.actions.pricing.log import Cause, Key
from catalog.actions.pricing.rows import rows_of
from catalog.among import among
from catalog.markets import Market
from catalog.models import EffectivePrice, PriceChange, Variant
from catalog.pricing.reductions import Change
from catalog.pricing.timeline import BEGINNING, Window, timeline

BATCH = 500
COLUMNS = (
    "market", "from_quantity", "valid_from", "valid_until", "price", "compare_at", "lowest", "sale_id", "shows_end",
)  # fmt: skip
Timelines = dict[Market, list[Window]]


def refresh(variant_ids: Iterable[int], now: datetime | None = None, cause: Cause | None = None) -> int:
    """Bring the effective prices of these variants in step with lists, sales and their own prices.

    Adds to the price history what everybody pays from now on, if that has changed, and what began by itself meanwhile.
    Twice does no more than once. Returns how many variants were out of step; time passing alone is not that.
    """
    ids, now = sorted(set(variant_ids)), now or timezone.now()
    batches = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    return sum(_refresh(batch, now, cause or Cause()) for batch in batches)


@transaction.atomic(savepoint=False)
def _refresh(ids: list[int], now: datetime, cause: Cause) -> int:
    _take_turns(ids)
    goods = load(ids, now)
    stored = _stored(ids)
    timelines = {
        good.pk: {market: timeline(good.rules, market, now) for market in good.rules.markets()} for good in goods
    }
    _remember(goods, stored, timelines, now, cause)
    histories = log.histories_of([good.pk for good in goods if _is_marked_down(timelines[good.pk])])
    wrong, rewritten, fresh = 0, [], []
    for good in goods:
        wanted = rows_of(good, timelines[good.pk], _histories_of(good, histories), now)
        before = stored.get(good.pk, [])
        if {_values(row) for row in before} == {_values(row) for row in wanted}:
            continue
        wrong += _as_of(before, now) != {_values(row) for row in wanted}
        rewritten += [good.pk] if before else []
        fresh += wanted
    if rewritten:
        EffectivePrice.objects.filter(variant__in=rewritten).delete()
    bulk.insert(EffectivePrice, [vars(row) for row in fresh])
    return wrong


def _take_turns(ids: list[int]) -> None:
    """Who comes second reads what the first has written. SQLite's transactions take turns by themselves."""
    if connection.features.has_select_for_update:
        list(Variant.objects.select_for_update(no_key=True).filter(pk__in=among(ids)).order_by("pk").values_list("pk"))


def _stored(ids: list[int]) -> dict[int, list[EffectivePrice]]:
    found: dict[int, list[EffectivePrice]] = defaultdict(list)
    for row in EffectivePrice.objects.filter(variant__in=among(ids)):
        found[row.variant_id].append(row)
    return found


def _values(row: EffectivePrice) -> tuple:
    return tuple(getattr(row, name) for name in COLUMNS)


def _as_of(rows: list[EffectivePrice], now: datetime) -> set[tuple]:
    """What these rows say of now and later: what is over is left out, what has begun began once upon a time."""
    living = [_values(row) for row in rows if row.valid_until is None or row.valid_until > now]
    return {(*row[:2], BEGINNING if row[2] <= now else row[2], *row[3:]) for row in living}


def _remember(goods: list[Good], stored: dict, timelines: dict[int, Timelines], now: datetime, cause: Cause) -> None:
    public = [good for good in goods if good.is_public]
    last = log.last_of([good.pk for good in public])
    changes: list[log.Entry] = []
    for good in public:
        changes += log.passed(good, stored.get(good.pk, ()), last, now)
        for market, windows in sorted(timelines[good.pk].items(), key=lambda pair: pair[0].key):
            priced = windows[0].steps.get(1)
            if priced and not market.group:
                changes += log.now_costs(good, market.currency, priced, last, now, cause)
    bulk.insert(PriceChange, [entry._asdict() for entry in changes])


def _is_marked_down(timelines: Timelines) -> bool:
    return any(
        step.compare_at for windows in timelines.values() for window in windows for step in window.steps.values()
    )


def _histories_of(good: Good, histories: dict[Key, list[Change]]) -> dict[str, list[Change]]:
    return {currency: changes for (variant, currency), changes in histories.items() if variant == good.pk}
