"""Segments of the demonstration shop: five of the ready-made ones, settled."""

from datetime import datetime

from marketing.actions import segments as desk
from marketing.models import Segment
from marketing.segments import check
from marketing.segments.starters import starters

SHOWN = ["recent", "best", "at-risk", "newsletter", "cart"]


def group_people(now: datetime) -> None:
    """Made as a marketer would make them, with the people that they find today."""
    for one in starters():
        if one.code in SHOWN:
            segment = Segment.objects.create(slug=one.code, name=str(one.name), description=str(one.what))
            desk.save_rule(segment, check(one.rule()))
            desk.bring_in_step(segment, now)
