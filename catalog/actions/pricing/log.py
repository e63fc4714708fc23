"""The history of public prices: what is added to it, and how it is read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Max

from catalog.actions.pricing.goods import Good
from catalog.among import among
from catalog.markets import of_key
from catalog.models import EffectivePrice, PriceChange
from catalog.pricing.reductions import Change
from catalog.pricing.rules import Priced

Reason = PriceChange.Reason
#: A variant and a currency.
Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a price is refreshed, and by whom; for the history, should the price have changed."""

    reason: str = Reason.NOTICED
    actor: str = ""
    note: str = ""


class Entry(NamedTuple):
    """The columns of an entry, without the weight of a model: an import writes one for each variant."""

    variant_id: int
    sku: str
    currency: str
    price: int
    compare_at: int | None
    reason: str
    note: str
    actor: str
    at: datetime


def last_of(variant_ids: Iterable[int]) -> dict[Key, Entry]:
    """The newest entry of each."""
    newest = PriceChange.objects.filter(variant__in=among(variant_ids)).order_by().values("variant", "currency")
    rows = PriceChange.objects.filter(pk__in=newest.annotate(newest=Max("pk")).values("newest"))
    found = (Entry(*row) for row in rows.values_list(*Entry._fields))
    return {(entry.variant_id, entry.currency): entry for entry in found}


def histories_of(variant_ids: Iterable[int]) -> dict[Key, list[Change]]:
    """All that is known of these, in the order of time."""
    found: dict[Key, list[Change]] = defaultdict(list)
    rows = PriceChange.objects.filter(variant__in=among(variant_ids)).order_by("at", "pk")
    for variant, currency, at, price, before in rows.values_list("variant_id", "currency", "at", "price", "compare_at"):
        found[variant, currency].append(Change(at, price, before))
    return found


def passed(good: Good, stored: Sequence[EffectivePrice], last: dict[Key, Entry], now: datetime):
    """What began by itself since the last entry, at the moment it did, however late the clock is."""
    begun = [row for row in stored if row.from_quantity == 1 and row.valid_from <= now and "/" not in row.market]
    for row in sorted(begun, key=lambda row: row.valid_from):
        key = good.pk, of_key(row.market).currency
        before = last.get(key)
        priced = Priced(row.price, row.compare_at, row.sale_id)
        if before and row.valid_from > before.at and _differs(before, priced):
            yield _entry(good, last, key, priced, row.valid_from, Cause(Reason.LIST))


def now_costs(good: Good, currency: str, priced: Priced, last: dict[Key, Entry], now: datetime, cause: Cause):
    """What it costs now, unless that is known."""
    key = good.pk, currency
    if key not in last or _differs(last[key], priced):
        yield _entry(good, last, key, priced, now, cause)


def _differs(before: Entry, priced: Priced) -> bool:
    return (before.price, before.compare_at) != (priced.price, priced.compare_at)


def _entry(good: Good, last: dict[Key, Entry], key: Key, priced: Priced, at: datetime, cause: Cause) -> Entry:
    before, reason = last.get(key), cause.reason
    if priced.sale:
        reason = Reason.SALE
    elif before and before.reason == Reason.SALE and reason in (Reason.NOTICED, Reason.LIST):
        reason = Reason.SALE_OVER
    # Who waited for his turn looked at the clock before he got it: history never runs backwards.
    at = max(at, before.at) if before else at
    last[key] = Entry(
        variant_id=good.pk, sku=good.sku, currency=key[1], price=priced.price, compare_at=priced.compare_at,
        reason=str(reason), note=cause.note[:200], actor=cause.actor[:254], at=at,
    )  # fmt: skip
    return last[key]
