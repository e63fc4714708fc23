"""The clock of the segments: windows run out, birthdays come, and every night all of it is compared."""

from datetime import datetime

from marketing.actions.segments.settling import bring_in_step, differing, in_batches, settle, with_rules
from marketing.models import Profile, Segment
from marketing.segments import Group
from marketing.segments.others import rule_of


def keep(now: datetime) -> int:
    """Settle what is not settled, and every segment that time alone can change; returns how many joined or left."""
    return sum(
        bring_in_step(segment, now) for segment, rule in with_rules() if not segment.is_settled or follows_time(rule)
    )


def check(now: datetime) -> int:
    """Compare everybody with every rule and mend what differs; returns how many did, which should be none.

    What is not worked out yet is no drift: it is settled first.
    """
    keep(now)
    waiting = Profile.objects.filter(dirty_at__isnull=False).order_by("pk").values_list("pk", flat=True)
    for batch in in_batches(list(waiting)):
        settle(batch, now)
    strays = 0
    for segment, rule in with_rules():
        joins, leaves = differing(segment, rule, now)
        if joins or leaves:
            strays += len(joins) + len(leaves)
            bring_in_step(segment, now)
        else:
            Segment.objects.filter(pk=segment.pk).update(counted_at=now)
    return strays


def follows_time(rule: Group) -> bool:
    """Whether time alone changes who fits, here or in a segment that it asks."""
    inner = (rule_of(slug) for slug in rule.others)
    return rule.follows_time or any(one and follows_time(one) for one in inner)
