"""How many products each value would show, as if its own facet were not narrowed, so that a visitor can widen it.

One statement, however many facets are narrowed: each product of the scope is told how many facets refuse it and which
one does. Refused by none, it counts for every value; refused by one, only for the values of that one.
"""

from collections import Counter
from dataclasses import dataclass

from django.db import connection

from catalog.queries.lists.conditions import PRICE
from catalog.queries.lists.dictionary import AVAILABILITY, SALE, KnownFacet
from catalog.queries.lists.scopes import Condition, Scope

# Walks listing_value_by_value, or one product after the other through listing_value_is_unique.
SQL = """
WITH scope AS MATERIALIZED (
  SELECT l.product_id, l.in_stock, l.compare_at, l.price_min, {refusals} AS refusals, {refuser} AS refuser
  FROM catalog_listing l WHERE {where}
)
SELECT v.value_id, s.refuser, COUNT(*), NULL, NULL, NULL, NULL
FROM scope s JOIN catalog_listingvalue v ON v.listing_id = s.product_id
WHERE s.refusals <= 1 GROUP BY v.value_id, s.refuser
UNION ALL
SELECT NULL, refuser, COUNT(*), SUM(CASE WHEN in_stock THEN 1 ELSE 0 END), COUNT(compare_at),
  MIN(price_min), MAX(price_min)
FROM scope WHERE refusals <= 1 GROUP BY refuser
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """Products in the narrowed list, per facet value (by key), and the range of prices to choose from."""

    total: int
    values: Counter[int]
    in_stock: int
    on_sale: int
    price_from: int | None
    price_to: int | None


def count(scope: Scope, conditions: dict[str, Condition], known: dict[str, KnownFacet]) -> Counts:
    """Count; one query."""
    facet_of = {value.key: facet.code for facet in known.values() for value in facet.values.values()}
    values: Counter[int] = Counter()
    sums: dict[str | None, tuple] = {}
    for value, refuser, number, *columns in _rows(scope, conditions):
        if value is None:
            sums[refuser] = (number, *columns)
        elif refuser is None or refuser == facet_of.get(value):
            values[value] += number
    lowest = [sums[key][3] for key in (None, PRICE) if key in sums]
    highest = [sums[key][4] for key in (None, PRICE) if key in sums]
    return Counts(
        total=sums.get(None, (0,))[0],
        values=values,
        in_stock=sum(sums[key][1] for key in (None, AVAILABILITY) if key in sums),
        on_sale=sum(sums[key][2] for key in (None, SALE) if key in sums),
        price_from=min(lowest, default=None),
        price_to=max(highest, default=None),
    )


def _rows(scope: Scope, conditions: dict[str, Condition]) -> list[tuple]:
    where, where_params = scope.condition()
    params = [value for _, values in conditions.values() for value in values]
    # Facet codes are checked against the dictionary before they come here; still they are parameters.
    refusals = " + ".join(f"CASE WHEN {sql} THEN 0 ELSE 1 END" for sql, _ in conditions.values()) or "0"
    cases = " ".join(f"WHEN NOT ({sql}) THEN CAST(%s AS TEXT)" for sql, _ in conditions.values())
    refuser = f"CASE {cases} END" if cases else "CAST(NULL AS TEXT)"
    for name, (_, values) in conditions.items():
        params += [*values, name]
    with connection.cursor() as cursor:
        cursor.execute(SQL.format(refusals=refusals, refuser=refuser, where=where), [*params, *where_params])
        return cursor.fetchall()
