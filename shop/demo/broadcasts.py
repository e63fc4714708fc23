"""Broadcasts of the demonstration shop: one that went out last week, and a letter that comes every second Tuesday."""

from datetime import datetime, timedelta
from random import Random

from django.utils.timezone import localtime

from marketing.actions import broadcasts, templates
from marketing.actions import segments as desk
from marketing.blocks.starts import STARTS
from marketing.models import Broadcast, Message, Segment, Template

CLICKED = 0.11


def write_to_readers(now: datetime) -> None:
    """Made as a marketer would make them; what went out is only said to have been handed over."""
    template = Template.objects.create(name="News of the house", draft=STARTS["news"].content().as_json())
    templates.publish(template, None, now - timedelta(days=9))
    readers = Segment.objects.get(slug="newsletter")
    _send_last_week(template, readers, now)
    _set_for_tuesday(template, readers, now)


def _send_last_week(template: Template, readers: Segment, now: datetime) -> None:
    moment = localtime(now - timedelta(days=6)).replace(hour=10, minute=0, second=0, microsecond=0)
    then = desk.freeze(readers, f"{readers.name} · {moment:%d.%m.}", moment)
    sent = Broadcast.objects.create(name="Before the cold", segment=then, template=template, scheduled_at=moment)
    broadcasts.schedule(sent, moment - timedelta(days=1))
    broadcasts.plan(moment)
    waiting = Message.objects.filter(broadcast=sent, status=Message.Status.PLANNED)
    at = moment + timedelta(minutes=1)
    waiting.update(status=Message.Status.HANDED_OVER, claimed_at=moment, handed_over_at=at, subject="New at Lumbre")
    broadcasts.end(at)
    chance = Random(17)  # noqa: S311 - invented readers, no secret
    gone = sent.messages.filter(status=Message.Status.HANDED_OVER).order_by("pk").values_list("pk", flat=True)
    pressed = [pk for pk in gone if chance.random() < CLICKED]
    Message.objects.filter(pk__in=pressed).update(clicked_at=at + timedelta(hours=2))


def _set_for_tuesday(template: Template, readers: Segment, now: datetime) -> None:
    today = localtime(now).replace(hour=10, minute=0, second=0, microsecond=0)
    tuesday = today + timedelta(days=(1 - today.weekday()) % 7 or 7)
    coming = Broadcast.objects.create(
        name="The letter of the fortnight", segment=readers, template=template, scheduled_at=tuesday,
        timing=Broadcast.Timing.LOCAL, repeat_days=14,
    )  # fmt: skip
    broadcasts.schedule(coming, now)
