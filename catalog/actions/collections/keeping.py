"""Time passes: goods grow older and more or less wanted. The clock touches only what crosses a border."""

from datetime import datetime, timedelta

from django.db import transaction

from catalog import revision
from catalog.actions.collections.judging import judge_by
from catalog.actions.collections.rebuilding import rebuild
from catalog.actions.collections.surroundings import Ruled, borders_of, ruled
from catalog.listings.sources import load
from catalog.models import Collection, Listing

BATCH = 500


def keep(now: datetime) -> int:
    """Follow rules about age and about the most wanted; returns how many memberships changed."""
    rows = {row.pk: row for row in Collection.objects.filter(rule__isnull=False)}
    changed = 0
    for each in ruled(rows.values()):
        if each.mentions("age"):
            changed += _follow_age(rows[each.pk], each, now)
        if each.mentions("wanted"):
            changed += _follow_ranks(rows[each.pk], each, now)
    return changed


def mend(now: datetime) -> int:
    """Compare every collection with its rule and write what differs; returns how much did. 0 is what is expected."""
    keep(now)
    return sum(rebuild(row, now) for row in Collection.objects.filter(rule__isnull=False))


def _follow_age(row: Collection, each: Ruled, now: datetime) -> int:
    since = row.judged_at
    if since is None:
        changed = rebuild(row, now)
    else:
        ids = sorted({pk for days in _ages(each) for pk in _crossed(since, now, days)})
        changed = sum(_judge_some(each, ids[start : start + BATCH], now) for start in range(0, len(ids), BATCH))
    Collection.objects.filter(pk=row.pk).update(judged_at=now)
    return changed


def _ages(each: Ruled) -> set[int]:
    return {condition.value for condition in each.rule.conditions() if condition.field == "age"}


def _crossed(since: datetime, now: datetime, days: int) -> list[int]:
    """What has grown that old between the two moments."""
    age = timedelta(days=days)
    rows = Listing.objects.filter(published_at__gt=since - age, published_at__lte=now - age)
    return list(rows.values_list("product_id", flat=True))


@transaction.atomic
def _judge_some(each: Ruled, ids: list[int], now: datetime) -> int:
    changed = len(judge_by([each], ids, load(ids), now))
    if changed:
        revision.renew()
    return changed


def _follow_ranks(row: Collection, each: Ruled, now: datetime) -> int:
    borders = borders_of(each.rule)
    if borders == row.borders:
        return 0
    row.borders = borders
    Collection.objects.filter(pk=row.pk).update(borders=borders)
    return rebuild(row, now)
