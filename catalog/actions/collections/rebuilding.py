"""A rule changed: its collection is compared with the goods, and only the difference is written, in short steps."""

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from catalog import revision, rules
from catalog.actions.collections import selling
from catalog.actions.collections.surroundings import Ruled, around, borders_of, paths_for, ruled
from catalog.models import Collection, CollectionMember, Product

# ruff: noqa: S608 - only fixed text is put together here; values go in as parameters.
BATCH = 2000
# Differences up to this number are written while the merchant waits.
AT_ONCE = 5000
# While rows are compared and written, goods go on changing; later rounds catch what the first one missed.
ROUNDS = 3

_STRAY = """
SELECT m.product_id FROM catalog_collectionmember m WHERE m.collection_id = %s AND m.kind = 'rule'
  AND NOT EXISTS (SELECT 1 FROM catalog_listing l WHERE l.product_id = m.product_id AND ({rule}))
"""
_MISSING = """
SELECT l.product_id FROM catalog_listing l WHERE ({rule})
  AND NOT EXISTS (SELECT 1 FROM catalog_collectionmember m WHERE m.collection_id = %s AND m.product_id = l.product_id)
"""


def save_rule(collection: Collection, rule: rules.Group | None, now: datetime | None = None) -> int:
    """Give the collection another rule, or none; returns how many memberships now differ.

    Nothing but the rule is written: follow it with `rebuild`, at once or in the background when there are many.
    """
    collection.rule = rules.write(rule) if rule else None
    collection.borders = borders_of(rule) if rule else {}
    collection.judged_at = now or timezone.now()
    collection.save(update_fields=["rule", "borders", "judged_at"])
    # By another rule other members may count for sales.
    stay = collection.members.filter(kind=CollectionMember.Kind.RULE)
    selling.tell((collection.pk, product) for product in stay.values_list("product_id", flat=True))
    revision.renew()
    return len(difference(collection, collection.judged_at))


def rebuild(collection: Collection, now: datetime | None = None) -> int:
    """Bring all memberships by rule in step; returns how many differed. Progress stands in `to_do` and `done`."""
    now = now or timezone.now()
    changed = 0
    try:
        for _round in range(ROUNDS):
            ids = difference(collection, now)
            if not ids:
                break
            changed += len(ids)
            _tell(collection, len(ids), 0)
            for start in range(0, len(ids), BATCH):
                _write(collection, ids[start : start + BATCH], now)
                _tell(collection, len(ids), min(start + BATCH, len(ids)))
    finally:
        _tell(collection, 0, 0)
    return changed


def difference(collection: Collection, now: datetime) -> list[int]:
    """The products that belong to the collection by its rule and do not stand there, or stand there and do not."""
    if collection.rule is None:
        rows = collection.members.filter(kind=CollectionMember.Kind.RULE)
        return sorted(rows.values_list("product_id", flat=True))
    each = _ready(collection)
    if each is None:
        return []
    sql, params = _sql(each, now)
    with connection.cursor() as cursor:
        cursor.execute(_STRAY.format(rule=sql), [collection.pk, *params])
        stray = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(_MISSING.format(rule=sql), [*params, collection.pk])
        return sorted({*stray, *(pk for (pk,) in cursor.fetchall())})


def count(rule: rules.Group, now: datetime | None = None) -> int:
    """How many listed products fit a rule that need not be saved."""
    sql, params = _sql_of_draft(rule, now)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM catalog_listing l WHERE {sql}", params)
        return cursor.fetchone()[0]


def sample(rule: rules.Group, number: int, now: datetime | None = None) -> list[int]:
    """Some of them, the most wanted first."""
    sql, params = _sql_of_draft(rule, now)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT l.product_id FROM catalog_listing l WHERE {sql} "
            "ORDER BY l.in_stock DESC, l.popularity DESC, l.product_id DESC LIMIT %s",
            [*params, number],
        )
        return [pk for (pk,) in cursor.fetchall()]


@transaction.atomic
def _write(collection: Collection, ids: list[int], now: datetime) -> None:
    """These products alone, while nobody else writes them."""
    if connection.features.has_select_for_update:
        list(Product.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    # As it is now: the rule may have changed again meanwhile.
    current = Collection.objects.filter(pk=collection.pk).first()
    if current is None:
        return
    due = set(difference(current, now)) & set(ids)
    held = CollectionMember.objects.filter(collection=current, product__in=due, kind=CollectionMember.Kind.RULE)
    standing = set(held.values_list("product_id", flat=True))
    held.delete()
    CollectionMember.objects.bulk_create(
        (
            CollectionMember(collection=current, product_id=pk, kind=CollectionMember.Kind.RULE)
            for pk in sorted(due - standing)
        ),
        ignore_conflicts=True,
    )
    selling.tell((current.pk, product) for product in due)
    revision.renew()


def _tell(collection: Collection, to_do: int, done: int) -> None:
    collection.to_do, collection.done = to_do, done
    Collection.objects.filter(pk=collection.pk).update(to_do=to_do, done=done)


def _ready(collection: Collection) -> Ruled | None:
    return next(iter(ruled([collection])), None)


def _sql(each: Ruled, now: datetime) -> tuple[str, list]:
    return rules.as_sql(each.rule, around(each, paths_for([each]), now))


def _sql_of_draft(rule: rules.Group, now: datetime | None) -> tuple[str, list]:
    return _sql(Ruled(0, rule, borders_of(rule)), now or timezone.now())
