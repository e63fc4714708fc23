"""Two profiles that are one person: taken together by hand or by proof, and apart again for thirty days."""

from datetime import datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest

from customers.models import Customer
from marketing.actions.profiles import stir
from marketing.models import (
    Enrolment,
    Episode,
    Event,
    Message,
    PastOrder,
    Profile,
    ProfileMerge,
    Purchase,
    SegmentMembership,
    Touch,
    Visitor,
)
from marketing.models.merge import REVERSIBLE_FOR

# What points at a person and follows him. Episodes that are under way stay out: two of them cannot be one person's.
FOLLOW = {
    "visitors": Visitor,
    "events": Event,
    "touches": Touch,
    "purchases": Purchase,
    "past_orders": PastOrder,
    "messages": Message,
    "enrolments": Enrolment,
}


class TwoAccounts(Exception):
    """Each has an account: they are two people, whatever else they share."""


class SamePerson(Exception):
    """A profile cannot be merged with itself, or one of them was merged before."""


class TooLate(Exception):
    """It was undone already, or is older than thirty days."""


@transaction.atomic
def merge(one: Profile, other: Profile, reason: str, now: datetime, actor: Customer | None = None) -> ProfileMerge:
    """Make one person of two profiles; the one with an account is kept, or else the one known longer.

    Raises TwoAccounts, SamePerson; nothing has changed then.
    """
    rows = Profile.everyone.select_for_update().filter(pk__in=[one.pk, other.pk]).order_by("created_at", "pk")
    pair = list(rows)
    if len(pair) != 2 or any(profile.merged_into_id for profile in pair):
        raise SamePerson
    if all(profile.customer_id for profile in pair):
        raise TwoAccounts
    kept, gone = sorted(pair, key=lambda profile: profile.customer_id is None)
    moved = {name: _move(model, gone, kept) for name, model in FOLLOW.items()}
    moved["episodes"] = _move_episodes(gone, kept)
    moved["filled"] = _fill(kept, gone)
    # Who was taken in by the one that goes follows: a chain is never longer than one link.
    chain = Profile.everyone.filter(merged_into=gone)
    moved["chain"] = list(chain.values_list("pk", flat=True))
    chain.update(merged_into=kept)
    SegmentMembership.objects.filter(profile=gone, until=None).update(until=Greatest("since", Value(now)))
    Profile.everyone.filter(pk=gone.pk).update(merged_into=kept, dirty_at=None)
    stir([kept.pk], now)
    facts = {"kept": kept, "gone": gone, "reason": reason, "actor": actor, "moved": moved, "merged_at": now}
    return ProfileMerge.objects.create(**facts)


def _move(model, gone: Profile, kept: Profile) -> list[int]:
    rows = model.objects.filter(profile=gone)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.update(profile=kept)
    return ids


def _move_episodes(gone: Profile, kept: Profile) -> list[int]:
    rows = Episode.objects.filter(profile=gone)
    if Episode.objects.filter(profile=kept, ended_at=None).exists():
        rows = rows.exclude(ended_at=None)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    Episode.objects.filter(pk__in=ids).update(profile=kept)
    return ids


def _fill(kept: Profile, gone: Profile) -> list[str]:
    """What only the other one told; says which fields."""
    fields = ("name", "phone", "language", "country", "time_zone", "birthday")
    names = [name for name in fields if getattr(gone, name) and not getattr(kept, name)]
    if names:
        Profile.objects.filter(pk=kept.pk).update(**{name: getattr(gone, name) for name in names})
    return names


@transaction.atomic
def undo(done: ProfileMerge, now: datetime) -> None:
    """Take them apart: what the merge moved goes back, what came since stays. Raises TooLate."""
    done = ProfileMerge.objects.select_for_update().get(pk=done.pk)
    if done.undone_at or done.merged_at < now - REVERSIBLE_FOR:
        raise TooLate
    for name, model in {**FOLLOW, "episodes": Episode}.items():
        model.objects.filter(pk__in=done.moved.get(name, []), profile=done.kept_id).update(profile=done.gone_id)
    gone, kept = Profile.everyone.get(pk=done.gone_id), Profile.everyone.get(pk=done.kept_id)
    same = {name: "" for name in done.moved["filled"] if getattr(gone, name) == getattr(kept, name)}
    if "birthday" in same:
        same["birthday"] = None
    if same:
        Profile.objects.filter(pk=kept.pk).update(**same)
    Profile.everyone.filter(pk=gone.pk).update(merged_into=None)
    Profile.everyone.filter(pk__in=done.moved["chain"], merged_into=kept).update(merged_into=gone)
    ProfileMerge.objects.filter(pk=done.pk).update(undone_at=now)
    stir([gone.pk, kept.pk], now)
