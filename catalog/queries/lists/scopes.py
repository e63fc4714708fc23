"""What a list is a list of."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from catalog.models import Brand, Category

Condition = tuple[str, list]


@dataclass(frozen=True)
class Scope:
    """A condition on `catalog_listing l`; `key` tells scopes apart. `ranked` are the hits of a search, best first."""

    key: tuple
    sql: str = "TRUE"
    params: tuple = ()
    # The same condition without an index of its own, for walking the list in its order instead.
    walking: str = ""
    ranked: Sequence[int] = field(default=(), compare=False)
    is_search: bool = False

    def condition(self, walking: bool = False) -> Condition:
        """For a WHERE clause."""
        if not self.is_search:
            return (walking and self.walking) or self.sql, list(self.params)
        # One parameter however many hits there are: databases limit the number of parameters.
        if connection.vendor == "postgresql":
            return "l.product_id = ANY(%s)", [list(self.ranked)]
        return "l.product_id IN (SELECT value FROM json_each(%s))", [json.dumps(list(self.ranked))]


def everything() -> Scope:
    """Every listed product."""
    return Scope(("all",))


def in_category(category: Category) -> Scope:
    """A category and all below it. Paths are written in 0-9 and A-Z, in steps of four."""
    path = category.path
    between = "BETWEEN %s AND %s"
    return Scope(
        ("category", path),
        f"l.category_path {between}",
        (path, path.ljust(255, "Z")),
        walking=f"(l.category_path || '') {between}",
    )


def of_brand(brand: Brand) -> Scope:
    """What one workshop made."""
    return Scope(("brand", brand.pk), "l.brand_id = %s", (brand.pk,))


def found(key: tuple, ids: Sequence[int]) -> Scope:
    """The hits of a search, best first; `key` must tell this search from others (words and language)."""
    return Scope(("found", *key), ranked=ids, is_search=True)
