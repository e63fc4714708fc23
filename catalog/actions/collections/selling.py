"""Sales that cover collections: whoever joins or leaves one of these gets another price.

A rule that asks for prices or reductions would chase its own tail: what it lets in becomes cheaper and leaves again. Of
such a collection a sale covers only what was picked by hand.
"""

from collections.abc import Iterable

from django.db import transaction

from catalog import events
from catalog.actions.collections.surroundings import ruled
from catalog.models import Collection, CollectionMember, Sale

Kind = CollectionMember.Kind
PRICED = ("price", "sale")


def chasing(collection_ids: Iterable[int]) -> set[int]:
    """Those of these collections whose rule asks for prices, or can no longer be read."""
    rows = list(Collection.objects.filter(pk__in=collection_ids, rule__isnull=False))
    calm = {each.pk for each in ruled(rows) if not each.mentions(*PRICED)}
    return {row.pk for row in rows} - calm


def members(collection_ids: Iterable[int]):
    """The memberships by which a sale of these collections covers goods, as a queryset."""
    ids = list(collection_ids)
    rows = CollectionMember.objects.filter(collection__in=ids).exclude(kind=Kind.OUT).order_by()
    return rows.exclude(collection__in=chasing(ids), kind=Kind.RULE)


def goods_of(collection: Collection) -> list[int]:
    """The products that sales in use reduce, or will, for being in it."""
    return list(members([collection.pk]).values_list("product_id", flat=True)) if _sold([collection.pk]) else []


def tell(pairs: Iterable[tuple[int, int]]) -> None:
    """Announce, after the commit, which of these (collection, product) joined or left something that is on sale."""
    pairs = list(pairs)
    sold = _sold({collection for collection, _product in pairs}) if pairs else set()
    if ids := sorted({product for collection, product in pairs if collection in sold}):
        transaction.on_commit(lambda: events.covered_changed.send_robust(sender=None, product_ids=ids), robust=True)


def _sold(collection_ids: Iterable[int]) -> set[int]:
    through = Sale.collections.through.objects.filter(collection__in=collection_ids, sale__is_active=True)
    return set(through.values_list("collection_id", flat=True))
