"""Segments that a rule asks for: those by rule are asked by their rule, so that no order of settling matters."""

from marketing.models import Segment, SegmentMembership
from marketing.segments.found import Found
from marketing.segments.kind import Around
from marketing.segments.tree import Group, Unfit, read


def rule_of(slug: str) -> Group | None:
    """The rule of a segment; None of a frozen list, and of a segment that is not there or has no rule yet."""
    data = Segment.objects.filter(slug=slug, kind=Segment.Kind.DYNAMIC).values_list("rule", flat=True).first()
    try:
        return read(data)
    except Unfit:
        return None


def snapshot_of(slug: str, asked: Around) -> Found:
    """Who is in a frozen list."""
    rows = SegmentMembership.objects.filter(
        segment__slug=slug, segment__kind=Segment.Kind.SNAPSHOT, until=None
    ).order_by()
    return Found.among(asked.narrow(rows).values("profile"))


def asks_itself(slug: str, rule: Group) -> bool:
    """Whether the segment of that name would, by this rule, ask for itself, directly or through others."""
    waiting, seen = list(rule.others), set()
    while waiting:
        name = waiting.pop()
        if name == slug:
            return True
        if name not in seen:
            seen.add(name)
            inner = rule_of(name)
            waiting += inner.others if inner else ()
    return False
