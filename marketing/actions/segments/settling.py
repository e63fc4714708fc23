"""Who joins and who leaves: for people to whom something happened, and for a rule that changed."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from marketing import events
from marketing.models import Profile, Segment, SegmentMembership
from marketing.segments import Group, Unfit, at_large, compile, read

BATCH = 2000
Say = Callable[[int, int], None]


def settle(profile_ids: Iterable[int], now: datetime) -> int:
    """Work out these people's segments again; returns how many joined or left one.

    Costs one query for each segment and one more for all, however many people there are; whoever changes nothing writes
    nothing. Announces `segment_changed`.
    """
    ids, changed = sorted(set(profile_ids)), 0
    for batch in in_batches(ids, BATCH):
        inside = _open_of(batch)
        for segment, rule in with_rules():
            with at_large():
                fit = set(compile(rule, now, batch).values_list("pk", flat=True))
            are = inside.get(segment.pk, set())
            if fit != are:
                changed += _move(segment, sorted(fit - are), sorted(are - fit), now)
    return changed


def bring_in_step(segment: Segment, now: datetime, say: Say = lambda done, all: None) -> int:
    """Work out everybody again, in short transactions; returns how many joined or left.

    A rule that is changed meanwhile ends it: whoever changed it settles the new one.
    """
    version, rule = segment.version, rule_of(segment)
    joins, leaves = differing(segment, rule, now)
    changed, whole = 0, len(joins) + len(leaves)
    for joined, batch in [*((True, one) for one in in_batches(joins)), *((False, one) for one in in_batches(leaves))]:
        if not Segment.objects.filter(pk=segment.pk, version=version).exists():
            return changed
        changed += _move(segment, batch if joined else [], [] if joined else batch, now)
        say(changed, whole)
    size = SegmentMembership.objects.filter(segment=segment, until=None).count()
    Segment.objects.filter(pk=segment.pk, version=version).update(
        settled_version=version, size=size, counted_at=now, to_do=0, done=0
    )
    return changed


def differing(segment: Segment, rule: Group | None, now: datetime) -> tuple[array, array]:
    """Ids of those who should be in it and are not, and of those who are and should not be: eight bytes each."""
    fit = compile(rule, now) if rule else Profile.objects.none()
    inside = SegmentMembership.objects.filter(segment=segment, until=None).order_by()
    joins = fit.filter(~Exists(inside.filter(profile=OuterRef("pk"))))
    leaves = inside.filter(~Exists(fit.filter(pk=OuterRef("profile")))) if rule else inside
    with at_large():
        return (
            array("q", joins.values_list("pk", flat=True).iterator(BATCH)),
            array("q", leaves.values_list("profile", flat=True).iterator(BATCH)),
        )


def with_rules() -> Iterator[tuple[Segment, Group]]:
    """Every segment by rule, with a rule that can be read."""
    for segment in Segment.objects.filter(kind=Segment.Kind.DYNAMIC).order_by("pk"):
        if rule := rule_of(segment):
            yield segment, rule


def rule_of(segment: Segment) -> Group | None:
    try:
        return read(segment.rule)
    except Unfit:
        return None


def in_batches(ids: Iterable[int], number: int = BATCH) -> Iterator[list[int]]:
    rest = iter(ids)
    while batch := list(islice(rest, number)):
        yield batch


def _open_of(ids: Sequence[int]) -> dict[int, set[int]]:
    rows = SegmentMembership.objects.filter(profile__in=ids, until=None, segment__kind=Segment.Kind.DYNAMIC)
    found: dict[int, set[int]] = {}
    for segment, profile in rows.order_by().values_list("segment", "profile"):
        found.setdefault(segment, set()).add(profile)
    return found


@transaction.atomic
def _move(segment: Segment, joins: Sequence[int], leaves: Sequence[int], now: datetime) -> int:
    """Let these in and those out; whom another hand moved meanwhile stays as he is, and is announced once."""
    # Two hands at one segment queue here.
    if not Segment.objects.select_for_update().filter(pk=segment.pk, version=segment.version).exists():
        return 0
    inside = SegmentMembership.objects.filter(segment=segment, until=None)
    are = set(inside.filter(profile__in=[*joins, *leaves]).values_list("profile", flat=True))
    there = set(Profile.objects.filter(pk__in=joins).values_list("pk", flat=True))
    entered = [pk for pk in joins if pk not in are and pk in there]
    left = [pk for pk in leaves if pk in are]
    SegmentMembership.objects.bulk_create(
        SegmentMembership(segment=segment, profile_id=pk, since=now) for pk in entered
    )
    inside.filter(profile__in=left, since__lte=now).update(until=now)
    inside.filter(profile__in=left).update(until=F("since"))
    if entered or left:
        Segment.objects.filter(pk=segment.pk).update(size=F("size") + len(entered) - len(left), counted_at=now)
        told = {"segment_id": segment.pk, "entered": entered, "left": left}
        transaction.on_commit(lambda: events.segment_changed.send_robust(sender=Segment, **told))
    return len(entered) + len(left)
