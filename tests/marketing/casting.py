"""A broadcast to people who agreed, with its template published."""

from datetime import UTC, datetime, timedelta

from customers import consent
from marketing.actions import broadcasts, templates
from marketing.blocks.starts import STARTS
from marketing.models import Broadcast, Profile, Segment, SegmentMembership, Template

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def make_letter(subject: str = "News for {{ name }}", **texts) -> Template:
    """Published; a heading, a text, and a button to the shop."""
    content = STARTS["news"].content().as_json()
    content["head"]["subject"] = {"en": subject}
    content["blocks"] = [block for block in content["blocks"] if block["kind"] != "recommended"]
    for block in content["blocks"]:
        if block["kind"] in texts:
            block["values"].update(texts[block["kind"]])
    template = Template.objects.create(name="News", draft=content)
    templates.publish(template, None, NOW)
    return template


def make_people(number: int, agreed: bool = True, **fields) -> list[Profile]:
    first = Profile.objects.count()
    people = [
        Profile.objects.create(email=f"p{first + n}@example.com", name=f"Name{first + n} Other", **fields)
        for n in range(number)
    ]
    for person in people if agreed else []:
        consent.grant(person.email, "marketing", "email", "Yes.", "checkout")
    return people


def make_list(people: list[Profile], slug: str = "list") -> Segment:
    """A frozen list of these people."""
    segment = Segment.objects.create(slug=slug, name=slug.title(), kind=Segment.Kind.SNAPSHOT, size=len(people))
    SegmentMembership.objects.bulk_create(
        SegmentMembership(segment=segment, profile=person, since=NOW - DAY) for person in people
    )
    return segment


def make_broadcast(people: list[Profile], scheduled: bool = True, **fields) -> Broadcast:
    """To all of these, at NOW + one hour, nobody held out."""
    template = fields.pop("template", None) or make_letter()
    fields = {"holdout": 0, "scheduled_at": NOW + HOUR, "name": "News", **fields}
    segment = fields.pop("segment", None) or make_list(people, f"list-{Segment.objects.count()}")
    broadcast = Broadcast.objects.create(segment=segment, template=template, **fields)
    if scheduled:
        broadcasts.schedule(broadcast, NOW)
    return broadcast


def planned(people: list[Profile], **fields) -> Broadcast:
    """Planned, and its moment has come."""
    broadcast = make_broadcast(people, **fields)
    broadcasts.plan(NOW + HOUR)
    broadcast.refresh_from_db()
    return broadcast


def states_of(broadcast: Broadcast) -> dict[str, str]:
    """Status and reason of each message, by address."""
    rows = broadcast.messages.values_list("address", "status", "reason")
    return {address: f"{status} {reason}".strip() for address, status, reason in rows}
