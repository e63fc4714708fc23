"""Picking by hand: what stands at the head of a collection, in which order, and what is left out of it."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from catalog import revision
from catalog.actions.collections import selling
from catalog.actions.collections.judging import judge_by
from catalog.actions.collections.surroundings import ruled
from catalog.listings.sources import load
from catalog.models import Collection, CollectionMember, Product

Kind = CollectionMember.Kind
# The order of hand-picked goods is written anew with each change; nobody arranges more than this.
AT_MOST = 1000


class TooManyPicked(Exception):
    """More than `AT_MOST` goods would be picked by hand; nothing was changed."""


@transaction.atomic
def pick(collection: Collection, product_ids: Iterable[int]) -> int:
    """Put these products at the end of what is picked by hand; returns how many were not picked before."""
    wanted = list(dict.fromkeys(product_ids))
    picked = _picked(collection)
    new = [pk for pk in _known(wanted) if pk not in set(picked)]
    _write(collection, [*picked, *new])
    selling.tell((collection.pk, pk) for pk in new)
    return len(new)


@transaction.atomic
def leave_out(collection: Collection, product_ids: Iterable[int]) -> None:
    """Keep these products out of the collection, whatever its rule says."""
    out = _known(product_ids)
    kept = [pk for pk in _picked(collection) if pk not in set(out)]
    rows = [CollectionMember(collection=collection, product_id=pk, kind=Kind.OUT) for pk in out]
    CollectionMember.objects.filter(collection=collection, product__in=out).delete()
    CollectionMember.objects.bulk_create(rows)
    _write(collection, kept)
    selling.tell((collection.pk, pk) for pk in out)


@transaction.atomic
def let_go(collection: Collection, product_ids: Iterable[int]) -> None:
    """Neither picked nor left out any longer: the rule alone decides about these products."""
    ids = sorted(set(product_ids))
    kept = [pk for pk in _picked(collection) if pk not in ids]
    CollectionMember.objects.filter(collection=collection, product__in=ids).exclude(kind=Kind.RULE).delete()
    _write(collection, kept)
    if collection.rule:
        judge_by(ruled([collection]), ids, load(ids), timezone.now())
    selling.tell((collection.pk, pk) for pk in ids)


@transaction.atomic
def arrange(collection: Collection, product_ids: Sequence[int]) -> None:
    """Give what is picked by hand this order; products that are not picked are passed over, unnamed ones follow."""
    picked = _picked(collection)
    first = [pk for pk in dict.fromkeys(product_ids) if pk in set(picked)]
    _write(collection, [*first, *(pk for pk in picked if pk not in set(first))])


@transaction.atomic
def move(collection: Collection, product_id: int, place: int) -> None:
    """Put one picked product at that place, counted from 0; a place beyond the last is the last."""
    picked = _picked(collection)
    if product_id in picked:
        picked.remove(product_id)
        picked.insert(max(place, 0), product_id)
        _write(collection, picked)


@transaction.atomic
def shift(collection: Collection, product_id: int, by: int) -> None:
    """Move one picked product that many places down, or up when `by` is negative."""
    picked = _picked(collection)
    if product_id in picked:
        place = max(picked.index(product_id) + by, 0)
        picked.remove(product_id)
        picked.insert(place, product_id)
        _write(collection, picked)


def _picked(collection: Collection) -> list[int]:
    """In order; nobody else changes them until the transaction ends."""
    Collection.objects.select_for_update().filter(pk=collection.pk).first()
    rows = CollectionMember.objects.filter(collection=collection, kind=Kind.HAND)
    return list(rows.order_by("position", "pk").values_list("product_id", flat=True))


def _known(product_ids: Iterable[int]) -> list[int]:
    wanted = list(dict.fromkeys(product_ids))
    there = set(Product.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    return [pk for pk in wanted if pk in there]


def _write(collection: Collection, picked: Sequence[int]) -> None:
    if len(picked) > AT_MOST:
        raise TooManyPicked
    CollectionMember.objects.bulk_create(
        (
            CollectionMember(collection=collection, product_id=pk, kind=Kind.HAND, position=place)
            for place, pk in enumerate(picked, 1)
        ),
        update_conflicts=True,
        unique_fields=["collection", "product"],
        update_fields=["kind", "position"],
    )
    revision.renew()
