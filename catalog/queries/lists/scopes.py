"""What a list is a list of."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from catalog.models import Brand, Category, Collection
from catalog.queries.lists.selection import CHOSEN, RELEVANCE, SORTS

Condition = tuple[str, list]


@dataclass(frozen=True)
class Scope:
    """A condition on `catalog_listing l`; `key` tells scopes apart.

    `ranked` are the hits of a search, best first, or what a merchant put at the head of a collection. `sort` is the
    order of everything else.
    """

    key: tuple
    sql: str = "TRUE"
    params: tuple = ()
    # The same condition without an index of its own, for walking the list in its order instead.
    walking: str = ""
    ranked: Sequence[int] = field(default=(), compare=False)
    is_search: bool = False
    sort: str = SORTS[0]

    @property
    def sorts(self) -> tuple[str, ...]:
        """The orders that a visitor may choose, beginning with the one that needs no saying."""
        if self.is_search:
            return (RELEVANCE, *SORTS)
        own = (self.sort, *(sort for sort in SORTS if sort != self.sort))
        return (CHOSEN, *own) if self.ranked else own

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


def in_collection(collection: Collection, first: Sequence[int] = ()) -> Scope:
    """A collection; `first` are the products that the merchant put at its head, in his order."""
    member = "FROM catalog_collectionmember m WHERE m.collection_id = %s AND m.kind <> 'out'"
    return Scope(
        ("collection", collection.pk, collection.sort),
        f"l.product_id IN (SELECT m.product_id {member})",
        (collection.pk,),
        walking=f"EXISTS (SELECT 1 {member} AND m.product_id = l.product_id)",
        ranked=tuple(first),
        sort=collection.sort,
    )


def found(key: tuple, ids: Sequence[int]) -> Scope:
    """The hits of a search, best first; `key` must tell this search from others (words and language)."""
    return Scope(("found", *key), ranked=ids, is_search=True)
