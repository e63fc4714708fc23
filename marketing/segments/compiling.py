"""The rule as one query over all profiles."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from marketing.models import Profile
from marketing.segments.found import Found, all_of, any_of, none_of
from marketing.segments.kind import Around
from marketing.segments.others import rule_of, snapshot_of
from marketing.segments.tree import ANY, NONE, Condition, Group


def compile(rule: Group, now: datetime, among: Iterable[int] | None = None) -> QuerySet[Profile]:
    """Everybody who fits at that moment, or those `among` these ids; in no order."""
    ids = None if among is None else tuple(among)
    people = _found(rule, around(now, ids)).people()
    return people if ids is None else people.filter(pk__in=ids)


def around(now: datetime, among: tuple[int, ...] | None = None) -> Around:
    asked: Around

    def other(slug: str) -> Found:
        inner = rule_of(slug)
        return snapshot_of(slug, asked) if inner is None else _found(inner, asked)

    asked = Around(now, among, other)
    return asked


def _found(part: Group | Condition, asked: Around) -> Found:
    if isinstance(part, Condition):
        return part.kind.sql(part.values, asked)
    parts = [_found(one, asked) for one in part.parts]
    if part.match == ANY:
        return any_of(parts)
    return none_of(any_of(parts)) if part.match == NONE else all_of(parts)
