"""What runs low, by article over all places in use, in two statements that stay fast with hundreds of thousands."""

from datetime import datetime, timedelta
from functools import cached_property

from django.db import connection

from catalog.models import Product, StockMovement, Variant

# ruff: noqa: S608 - only fixed text is put together here; values go in as parameters.
# From this many pieces down somebody should think of ordering more, where the article does not say otherwise.
LOW = 3
# What was sold in so many days is what is needed for as many.
DAYS = 30
SOLD = (StockMovement.Reason.SHIPPED, StockMovement.Reason.RETURNED)

# One walk over the levels; goods are looked up only for what is low. `CROSS JOIN` holds SQLite to that order.
_IN_USE = "s.location_id IN (SELECT o.id FROM catalog_location o WHERE o.is_active)"
_LEVELS = f"""(
  SELECT s.variant_id,
    SUM(CASE WHEN {_IN_USE} THEN s.on_hand - s.reserved ELSE 0 END) AS free,
    SUM(CASE WHEN {_IN_USE} THEN s.incoming ELSE 0 END) AS coming
  FROM catalog_stocklevel s GROUP BY s.variant_id
  UNION ALL
  SELECT w.id, 0, 0 FROM catalog_variant w
  WHERE NOT EXISTS (SELECT 1 FROM catalog_stocklevel s WHERE s.variant_id = w.id)
) t CROSS JOIN catalog_variant v CROSS JOIN catalog_product p"""
_SOLD = """LEFT JOIN (
  SELECT s.variant_id, -SUM(m.delta) AS pieces FROM catalog_stockmovement m CROSS JOIN catalog_stocklevel s
  WHERE s.id = m.level_id AND m.created_at > %s AND m.reason IN (%s, %s) GROUP BY s.variant_id
) g ON g.variant_id = v.id"""
_IS_LOW = """
WHERE v.id = t.variant_id AND t.free <= COALESCE(v.low_stock_at, %s) AND v.is_active AND v.tracks_stock
  AND p.id = v.product_id AND p.status = %s AND p.kind <> %s
"""
_LINES = f"""
SELECT * FROM (SELECT low.*,
  CASE WHEN sold + least > free + coming THEN sold + least - free - coming ELSE 0 END AS wanted,
  COUNT(CASE WHEN free <= 0 THEN 1 END) OVER () AS gone, COUNT(CASE WHEN free > 0 THEN 1 END) OVER () AS little FROM (
  SELECT v.id, t.free, t.coming, COALESCE(v.low_stock_at, %s) AS least, v.sku,
    CASE WHEN g.pieces > 0 THEN g.pieces ELSE 0 END AS sold
  FROM {_LEVELS} {_SOLD} {_IS_LOW}
) low) lines
"""
_COUNTS = f"""
SELECT COUNT(CASE WHEN t.free <= 0 THEN 1 END), COUNT(CASE WHEN t.free > 0 THEN 1 END) FROM {_LEVELS} {_IS_LOW}
"""
_GOODS = [LOW, Product.Status.PUBLISHED, Product.Kind.BUNDLE]


class RunningLow:
    """Articles for sale that are low or sold out, for a paginator; the most wanted first.

    Each is a Variant with its product, and `free` pieces, those `coming`, `least` (from how many down it is low), what
    was `sold` in the last days, and what to order, `wanted`: what the next days need if they sell as the last ones did,
    and what should always be there.
    """

    def __init__(self, now: datetime, only_sold_out: bool = False) -> None:
        self._since, self._only_sold_out = now - timedelta(days=DAYS), only_sold_out
        self._part: slice | None = None
        self._rows: list[Variant] = []

    def look_at(self, part: slice) -> None:
        """Read this part of the list and the counts in one statement, for the questions that follow."""
        self._part, self._rows = part, self._lines(part.stop - part.start, part.start)

    @cached_property
    def counts(self) -> tuple[int, int]:
        """How many are sold out, and how many have little left."""
        return counts()

    def count(self) -> int:
        return self.counts[0] if self._only_sold_out else sum(self.counts)

    def __getitem__(self, part: slice) -> list[Variant]:
        if self._part is None or part.start != self._part.start or part.stop > self._part.stop:
            self.look_at(part)
        return self._rows[: part.stop - part.start]

    def wanted(self, most: int) -> list[Variant]:
        """Those of which something should be ordered."""
        return [line for line in self._lines(most, 0) if line.wanted]

    def _lines(self, number: int, first: int) -> list[Variant]:
        where = "WHERE free <= 0" if self._only_sold_out else ""
        since = connection.ops.adapt_datetimefield_value(self._since)
        with connection.cursor() as cursor:
            cursor.execute(
                f"{_LINES} {where} ORDER BY wanted DESC, free, sku LIMIT %s OFFSET %s",
                [LOW, since, *SOLD, *_GOODS, number, first],
            )
            rows = cursor.fetchall()
        if rows:
            self.counts = rows[0][-2:]
        variants = Variant.objects.select_related("product").in_bulk([row[0] for row in rows])
        return [_said(variants[pk], *numbers) for pk, *numbers, _, _ in rows if pk in variants]


def _said(variant: Variant, free: int, coming: int, least: int, _sku: str, sold: int, wanted: int) -> Variant:
    variant.free, variant.coming, variant.least, variant.sold, variant.wanted = free, coming, least, sold, wanted
    return variant


def counts() -> tuple[int, int]:
    """How many articles that are for sale are sold out, and how many have little left."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, _GOODS)
        return cursor.fetchone()
