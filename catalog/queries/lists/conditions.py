"""What narrows a list, as SQL on `catalog_listing l`. What visitors say goes in as parameters or as keys of ours."""

from catalog.queries.lists.dictionary import AVAILABILITY, SALE, KnownFacet
from catalog.queries.lists.scopes import Condition, Scope
from catalog.queries.lists.selection import PRICE, Selection

# The same said in two ways: the first for looking at every product of a scope, the second for stopping early.
IN_SET = "l.product_id IN (SELECT v.listing_id FROM catalog_listingvalue v WHERE v.value_id IN ({}))"
ONE_BY_ONE = "EXISTS (SELECT 1 FROM catalog_listingvalue v WHERE v.listing_id = l.product_id AND v.value_id IN ({}))"


def of_selection(selection: Selection, known: dict[str, KnownFacet], has_value: str = IN_SET) -> dict[str, Condition]:
    """A condition for each facet that is narrowed; its values are alternatives, the facets narrow each other."""
    conditions: dict[str, Condition] = {}
    for facet in sorted({*dict(selection.facets), *(code for code, _, _ in selection.ranges)}):
        values = selection.values(facet)
        if facet == AVAILABILITY:
            conditions[facet] = "l.in_stock", []
        elif facet == SALE:
            conditions[facet] = "l.compare_at IS NOT NULL", []
        else:
            keys = {known[facet].values[value].key for value in values}
            if bounds := [(low, high) for code, low, high in selection.ranges if code == facet]:
                keys.update(known[facet].within(*bounds[0]))
            # Keys are numbers of our own, and a range may hold more of them than a statement takes parameters.
            conditions[facet] = (has_value.format(", ".join(map(str, sorted(keys)))) if keys else "FALSE"), []
    if price := _price(selection):
        conditions[PRICE] = price
    return conditions


def _price(selection: Selection) -> Condition | None:
    """The price that a card shows lies in the range."""
    bounds = [("l.price_min >= %s", selection.price_min), ("l.price_min <= %s", selection.price_max)]
    said = [(sql, value) for sql, value in bounds if value is not None]
    return (" AND ".join(sql for sql, _ in said), [value for _, value in said]) if said else None


def where(scope: Scope, conditions: dict[str, Condition], walking: bool = False) -> Condition:
    """Scope and all conditions together; `walking` the order of the list, no other index is wanted."""
    parts = [scope.condition(walking), *conditions.values()]
    return " AND ".join(f"({sql})" for sql, _ in parts), [value for _, values in parts for value in values]
