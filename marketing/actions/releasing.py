"""Telling people that something is back, or cheaper: each once, in turn, and never more than there are pieces.

The clock is the truth; news from the shelves only wakes it early. A wish is claimed by a conditional update in the
same transaction that queues its letter, so two workers never write twice, and a rolled back claim writes nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction

from catalog import markets
from catalog.models import Product, Variant
from catalog.queries import prices
from catalog.queries.stock import available
from customers import consent
from marketing import notice_letters
from marketing.actions.notices import cancel
from marketing.models import Notice

Status, Kind = Notice.Status, Notice.Kind
#: So long the people who were told have the pieces to themselves; what is left then is told to the next ones.
TURN = timedelta(hours=24)
#: In one transaction, also of what has no end (files).
AT_ONCE = 200


def release(now: datetime) -> int:
    """Tell whoever is to be told now; returns how many letters were queued."""
    return release_stock(now) + release_prices(now)


def release_stock(now: datetime) -> int:
    """Of each variant that can be had again: as many people as there are pieces, those who asked first."""
    waiting = Notice.objects.filter(kind=Kind.STOCK, status=Status.WAITING, variant__in=Variant.objects.for_sale())
    ids = waiting.order_by("variant").values_list("variant", flat=True).distinct()
    told = 0
    for batch in _batches(list(ids), 500):
        free = available(batch)
        told += sum(_release_variant(pk, now) for pk in batch if free.get(pk, 0) is None or free.get(pk, 0) > 0)
    return told


def _batches(ids: list[int], size: int) -> Iterator[list[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


@transaction.atomic
def _release_variant(variant_id: int, now: datetime) -> int:
    # One worker at a time decides for a variant. SQLite's transactions take turns by themselves.
    rows = Variant.objects.for_sale().filter(pk=variant_id)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(no_key=True, of=("self",))
    if not rows.exists():
        return 0
    room = _room(variant_id, now)
    waiting = Notice.objects.filter(kind=Kind.STOCK, status=Status.WAITING, variant=variant_id)
    told = 0
    for notice in waiting.select_related("variant__product").order_by("confirmed_at", "pk")[: 2 * AT_ONCE]:
        if told == room:
            break
        told += _claim(notice, now, notice_letters.tell_back)
    return told


def _room(variant_id: int, now: datetime) -> int:
    """How many more may be told: the pieces there are, without those that people were told of lately."""
    free = available([variant_id]).get(variant_id, 0)
    if free is None:
        return AT_ONCE
    lately = Notice.objects.filter(kind=Kind.STOCK, variant=variant_id, status=Status.SENT, sent_at__gt=now - TURN)
    return max(0, min(free - lately.count(), AT_ONCE))


def release_prices(now: datetime) -> int:
    """Whoever saw a higher price than now, of what can be bought."""
    waiting = Notice.objects.filter(
        kind=Kind.PRICE, status=Status.WAITING, variant__is_active=True,
        variant__product__status=Product.Status.PUBLISHED,
    )  # fmt: skip
    told = 0
    for market in waiting.order_by("market").values_list("market", flat=True).distinct():
        ids = waiting.filter(market=market).order_by("pk").values_list("pk", flat=True)
        for batch in _batches(list(ids), AT_ONCE):
            told += _release_cheaper(batch, market, now)
    return told


@transaction.atomic
def _release_cheaper(ids: Iterable[int], market: str, now: datetime) -> int:
    notices = list(Notice.objects.filter(pk__in=ids).select_related("variant__product").order_by("pk"))
    wanted = {notice.variant_id for notice in notices}
    quotes = prices.quote(wanted, markets.of_key(market), now)
    free = available(wanted)
    told = 0
    for notice in notices:
        quote = quotes.get(notice.variant_id)
        cost = quote.first if quote else None
        can_be_had = free.get(notice.variant_id, 0) is None or free.get(notice.variant_id, 0) > 0
        if cost and can_be_had and cost.unit < notice.seen_price:
            told += _claim(notice, now, notice_letters.tell_cheaper)
    return told


def _claim(notice: Notice, now: datetime, tell: Callable[[Notice, datetime], object]) -> int:
    """1 when this call took the wish up and queued its letter."""
    row = Notice.objects.filter(pk=notice.pk, status=Status.WAITING)
    if not consent.may_answer(notice.email, notice.created_at):
        cancel(row, "suppressed")
        return 0
    if not row.update(status=Status.SENT, sent_at=now):
        return 0
    tell(notice, now)
    return 1
