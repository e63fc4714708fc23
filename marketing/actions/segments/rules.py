"""A segment's rule, a list frozen at one moment, and taking a segment away that nobody needs."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from marketing.actions.segments.settling import in_batches
from marketing.models import Profile, Segment, SegmentMembership
from marketing.segments import Group, asks_itself, at_large, compile, write
from marketing.segments.others import rule_of
from orders.models import Promotion


class MakesCircle(Exception):
    """By this rule the segment would ask for itself."""


class InUse(Exception):
    """Something names the segment; `users` says what, in words."""

    def __init__(self, users: list[str]) -> None:
        super().__init__(", ".join(users))
        self.users = users


@transaction.atomic
def save_rule(segment: Segment, rule: Group) -> None:
    """Keep a rule; everybody is to be worked out again, here and in the segments that ask this one.

    Raises MakesCircle.
    """
    # One at a time, so that no two rules close a circle between them.
    list(Segment.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    if asks_itself(segment.slug, rule):
        raise MakesCircle
    Segment.objects.filter(pk=segment.pk).update(rule=write(rule), version=F("version") + 1)
    for pk in _asking(segment.slug):
        Segment.objects.filter(pk=pk).update(version=F("version") + 1)
    segment.refresh_from_db()


def _asking(slug: str) -> list[int]:
    """Every segment whose people depend on that one, directly or through others."""
    rules = {pk: (name, rule_of(name)) for pk, name in Segment.objects.values_list("pk", "slug")}
    names, found = {slug}, []
    while more := [pk for pk, (_n, rule) in rules.items() if pk not in found and rule and rule.others & names]:
        found += more
        names |= {rules[pk][0] for pk in more}
    return found


@transaction.atomic
def freeze(segment: Segment, name: str, now: datetime) -> Segment:
    """A list of those who are in the segment at this moment, which stays as it is."""
    frozen = Segment.objects.create(
        slug=free_slug(f"{segment.slug}-{now:%Y-%m-%d}"), name=name[:120], kind=Segment.Kind.SNAPSHOT,
        rule=segment.rule,
        description=_("From “%(name)s”.") % {"name": segment.name}, counted_at=now,
    )  # fmt: skip
    rule = rule_of(segment.slug)
    people = (
        compile(rule, now) if rule else Profile.objects.filter(memberships__segment=segment, memberships__until=None)
    )
    with at_large():
        ids = list(people.values_list("pk", flat=True))
    for batch in in_batches(ids):
        SegmentMembership.objects.bulk_create(
            SegmentMembership(segment=frozen, profile_id=pk, since=now) for pk in batch
        )
    Segment.objects.filter(pk=frozen.pk).update(size=len(ids))
    frozen.size = len(ids)
    return frozen


def free_slug(wanted: str) -> str:
    slug = base = slugify(wanted)[:50] or "list"
    number = 1
    while Segment.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def users_of(segment: Segment) -> list[str]:
    """What names the segment, in words."""
    found = [_("the promotion “%(name)s”") % {"name": one} for one in Promotion.objects.filter(segment=segment.slug)]
    found += [_("the broadcast “%(name)s”") % {"name": one} for one in segment.broadcasts.all()]
    for one in Segment.objects.exclude(pk=segment.pk).filter(kind=Segment.Kind.DYNAMIC):
        rule = rule_of(one.slug)
        if rule and segment.slug in rule.others:
            found.append(_("the segment “%(name)s”") % {"name": one})
    return found


@transaction.atomic
def remove(segment: Segment) -> None:
    """Delete a segment that nothing names. Raises InUse."""
    if users := users_of(segment):
        raise InUse(users)
    segment.delete()
