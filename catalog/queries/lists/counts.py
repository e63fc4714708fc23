"""How many products each value would show, as if its own facet were not narrowed, so that a visitor can widen it.

One statement, however many facets are narrowed. Each product of the scope gets a mask with a bit for every facet that
refuses it: none set, it counts for every value; only one set, it counts for the values of that facet.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db import connection

from catalog import markets
from catalog.queries.lists.conditions import PRICE
from catalog.queries.lists.dictionary import AVAILABILITY, SALE, KnownFacet
from catalog.queries.lists.scopes import Condition, Scope
from catalog.queries.lists.table import in_market

# ruff: noqa: S608 - only fixed text is put together here, what visitors say goes in as parameters.
Rows = list[tuple]
SUMS = "COUNT(*), SUM(CASE WHEN in_stock THEN 1 ELSE 0 END), COUNT(compare_at), MIN(price_min), MAX(price_min)"
BLANK = "CAST(NULL AS BIGINT)"
BLANKS = ", ".join([BLANK] * 4)

# Nothing is narrowed. Everything is counted along listing_value_by_value, part of it product by product.
ALL_VALUES = f"SELECT 0, value_id, COUNT(*), {BLANKS} FROM catalog_listingvalue GROUP BY value_id"
SCOPE_VALUES = f"""
SELECT 0, v.value_id, COUNT(*), {BLANKS} FROM catalog_listing l
JOIN catalog_listingvalue v ON v.listing_id = l.product_id WHERE {{where}} GROUP BY v.value_id
"""
SCOPE_SUMS = f"SELECT 0, {BLANK}, {SUMS} FROM catalog_listing l WHERE {{where}}"

MASKED = """
WITH masked AS MATERIALIZED (
  SELECT l.product_id, l.in_stock, l.compare_at, l.price_min, {mask} AS mask FROM catalog_listing l WHERE {where}
)
"""
MASKED_VALUES = f"""
SELECT 0, v.value_id, COUNT(*), {BLANKS} FROM masked m
CROSS JOIN catalog_listingvalue v WHERE v.listing_id = m.product_id AND m.mask = 0 GROUP BY v.value_id
"""
# The values of one narrowed facet, along listing_value_by_value. CROSS JOIN above and the plus here tell SQLite where
# to begin; without them it seeks every value for every product. To PostgreSQL they mean nothing.
FACET_VALUES = f"""
SELECT {{bit}}, v.value_id, COUNT(*), {BLANKS} FROM catalog_listingvalue v
WHERE v.value_id IN (SELECT id FROM catalog_facetvalue WHERE facet = %s)
  AND +v.listing_id IN (SELECT product_id FROM masked WHERE mask IN (0, {{bit}})) GROUP BY v.value_id
"""
MASKED_SUMS = f"SELECT mask, {BLANK}, {SUMS} FROM masked WHERE mask IN ({{masks}}) GROUP BY mask"


@dataclass(frozen=True, slots=True)
class Counts:
    """Products in the narrowed list, per facet value (by key), and the range of prices to choose from."""

    total: int
    values: Counter[int]
    in_stock: int
    on_sale: int
    price_from: int | None
    price_to: int | None
    # How many there would be if nothing were chosen of a facet (or of the price) that narrows the list.
    without: dict[str, int] = field(default_factory=dict)


def count(scope: Scope, conditions: dict[str, Condition], known: dict[str, KnownFacet]) -> Counts:
    """Count; one query."""
    bits = {facet: 1 << place for place, facet in enumerate(conditions)}
    rows = _narrowed(scope, conditions, bits, known) if conditions else _whole(scope)
    narrowed = {value.key for code in conditions if code in known for value in known[code].values.values()}
    # The values of a narrowed facet were counted for themselves.
    values = Counter({key: number for bit, key, number, *_ in rows if key and (bit or key not in narrowed)})
    sums = {mask: columns for mask, key, *columns in rows if key is None and columns[0]}

    def shown_by(column: int, facet: str) -> list[int]:
        return [sums[mask][column] for mask in (0, bits.get(facet)) if mask in sums]

    return Counts(
        total=sums[0][0] if 0 in sums else 0,
        values=values,
        in_stock=sum(shown_by(1, AVAILABILITY)),
        on_sale=sum(shown_by(2, SALE)),
        price_from=min(shown_by(3, PRICE), default=None),
        price_to=max(shown_by(4, PRICE), default=None),
        without={facet: sum(shown_by(0, facet)) for facet in bits},
    )


def _whole(scope: Scope) -> Rows:
    where, params = scope.condition()
    # A product may be missing in another market, so there its values are counted product by product.
    counts_all = where == "TRUE" and markets.current().is_base
    values, twice = (ALL_VALUES, []) if counts_all else (SCOPE_VALUES, params)
    return _fetch([values.format(where=where), SCOPE_SUMS.format(where=where)], [*twice, *params])


def _narrowed(
    scope: Scope, conditions: dict[str, Condition], bits: dict[str, int], known: dict[str, KnownFacet]
) -> Rows:
    where, params = scope.condition()
    mask = " + ".join(f"CASE WHEN {sql} THEN 0 ELSE {bits[facet]} END" for facet, (sql, _) in conditions.items())
    facets = [facet for facet in conditions if facet in known]
    masks = ", ".join(str(bit) for bit in (0, *bits.values()))
    selects = [
        MASKED.format(mask=mask, where=where) + MASKED_VALUES,
        *(FACET_VALUES.format(bit=bits[facet]) for facet in facets),
        MASKED_SUMS.format(masks=masks),
    ]
    values = [value for _, values in conditions.values() for value in values]
    return _fetch(selects, [*values, *params, *facets])


def _fetch(selects: list[str], params: list) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(in_market(" UNION ALL ".join(selects)), params)
        return cursor.fetchall()
