"""What things cost, for whoever asks: the one door for product page, cart, checkout, feeds and letters."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from catalog import markets, prepared
from catalog.markets import Market

# Below the ORM: every product page and every cart asks this. The variant's own price stands in for a missing row, but
# only in the base market; another market without a row does not have the variant.
COLUMNS = """variant.id, variant.price, variant.compare_at_price, e.market, e.from_quantity, e.price, e.compare_at,
  e.lowest, e.sale_id, CASE WHEN e.shows_end THEN e.valid_until END"""
JOIN = """LEFT JOIN catalog_effectiveprice e ON e.variant_id = variant.id AND e.market IN (%s, %s)
  AND e.valid_from <= %s AND (e.valid_until IS NULL OR e.valid_until > %s)"""
WIDTH = 10
# Databases limit the number of parameters.
BATCH = 5000


class Price(NamedTuple):
    """What one piece costs from so many pieces on, in minor units of the market's currency.

    `compare_at` is the former price when this one is reduced, `lowest` the lowest of the 30 days before the reduction;
    `ends_at` is when the price goes up again, where the merchant wants it said.
    """

    from_quantity: int
    unit: int
    compare_at: int | None = None
    lowest: int | None = None
    sale: int | None = None
    ends_at: datetime | None = None


class Quote(NamedTuple):
    """The steps of one variant in one market, the smallest quantity first; none where it is not sold."""

    market: Market
    steps: tuple[Price, ...] = ()

    @property
    def first(self) -> Price | None:
        """What a single piece costs; None when single pieces are not sold."""
        return self.at(1)

    def at(self, quantity: int) -> Price | None:
        """What each of so many costs; None when it is not sold, or not in so small a number."""
        reached = [step for step in self.steps if step.from_quantity <= quantity]
        return reached[-1] if reached else None


def quote(variant_ids: Iterable[int], market: Market | None = None, now: datetime | None = None) -> dict[int, Quote]:
    """A quote for each of these variants that exists; one query. `market` is else that of whoever reads.

    What holds at `now` is looked up by its span of time: a clock that is late changes nothing.
    """
    ids, market = list(variant_ids), market or markets.current()
    found: dict[int, Quote] = {}
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        marks = ", ".join(["%s"] * len(batch))
        sql = f"SELECT {COLUMNS} FROM catalog_variant variant {JOIN} WHERE variant.id IN ({marks})"  # noqa: S608
        with prepared.cursor() as cursor:
            cursor.execute(f"{sql} ORDER BY variant.id, e.from_quantity", [*join_params(market, now), *batch])
            found |= quotes_of(cursor.fetchall(), market)
    return found


def unit_price(
    variant_id: int, quantity: int = 1, market: Market | None = None, now: datetime | None = None
) -> Price | None:
    """What each of so many of one variant costs; None where it is not sold so."""
    found = quote([variant_id], market, now).get(variant_id)
    return found.at(quantity) if found else None


def join_params(market: Market, now: datetime | None = None) -> list:
    """What JOIN wants to know."""
    moment = connection.ops.adapt_datetimefield_value(now or timezone.now())
    return [market.key, market.public.key, moment, moment]


def quotes_of(rows: Iterable[Sequence], market: Market) -> dict[int, Quote]:
    """From rows that begin with COLUMNS and stand together by variant, in the order of their steps."""
    return {
        variant: Quote(market, _steps([row[:WIDTH] for row in together], market))
        for variant, together in groupby(rows, key=lambda row: row[0])
    }


def _steps(rows: list[Sequence], market: Market) -> tuple[Price, ...]:
    """The rows of the group, or those for everybody, or what the variant says."""
    for key in dict.fromkeys((market.key, market.public.key)):
        if own := [row for row in rows if row[3] == key]:
            return tuple(Price(*row[4:9], ends_at=_moment(row[9])) for row in own)
    _, price, compare_at, *_rest = rows[0]
    return (Price(1, price, compare_at),) if market.public.is_base else ()


def _moment(value: datetime | str | None) -> datetime | None:
    """SQLite tells times as text, in UTC."""
    if value is None:
        return None
    value = parse_datetime(value) if isinstance(value, str) else value
    return value if value.tzinfo else value.replace(tzinfo=UTC)
