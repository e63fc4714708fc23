"""Something happened to a person: an event, a segment, a stage, a birthday."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from marketing.flows.fields import Field
from marketing.flows.triggers.base import STAGE_LEFT, Occasion, Span, Trigger, declare
from marketing.models import Event, Message, Profile, Segment, SegmentMembership

HOURLY = timedelta(hours=1)
# A message goes out in the morning of a birthday, not at midnight.
MORNING = time(9)


def _types() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Event.Type.choices]


def _stages() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Profile.Stage.choices]


def _segments() -> list[tuple[str, str]]:
    return list(Segment.objects.order_by("name").values_list("slug", "name")[:500])


def _events(values: Mapping, span: Span) -> Iterator[Occasion]:
    rows = Event.objects.filter(type=values["type"], profile__isnull=False, **span.lookups("occurred_at"))
    told = span.narrow(rows).order_by("occurred_at", "pk")
    for pk, profile, at, product, order in told.values_list("pk", "profile", "occurred_at", "product", "order"):
        yield Occasion(profile, f"event:{pk}", at, at, product_id=product, order_id=order)


def _entered(values: Mapping, span: Span) -> Iterator[Occasion]:
    rows = SegmentMembership.objects.filter(segment__slug=values["segment"], **span.lookups("since"))
    for pk, profile, at in span.narrow(rows).order_by("since", "pk").values_list("pk", "profile", "since"):
        yield Occasion(profile, f"membership:{pk}", at, at, values["segment"])


def _stage(values: Mapping, span: Span) -> Iterator[Occasion]:
    rows = Event.objects.filter(
        type=Event.Type.STAGE,
        profile__isnull=False,
        text__endswith=f">{values['stage']}",
        **span.lookups("occurred_at"),
    )
    told = span.narrow(rows).order_by("occurred_at", "pk")
    for pk, profile, at, text in told.values_list("pk", "profile", "occurred_at", "text"):
        yield Occasion(profile, f"event:{pk}", at, at, text)


def _birthday(values: Mapping, span: Span) -> Iterator[Occasion]:
    """So many days before it, in the morning of the shop. Who was born on 29 February has the 28th, too."""
    zone, before = get_default_timezone(), timedelta(days=values["days"])
    day = span.since.astimezone(zone).date()
    while day <= span.until.astimezone(zone).date():
        at = datetime.combine(day, MORNING, tzinfo=zone)
        if span.since < at <= span.until:
            feast = day + before
            is_leap_stand_in = (feast.month, feast.day) == (2, 28) and (feast + timedelta(days=1)).month == 3
            days = [feast.day, 29] if is_leap_stand_in else [feast.day]
            rows = Profile.objects.filter(birthday__month=feast.month, birthday__day__in=days)
            for profile in span.narrow(rows, "pk").order_by("pk").values_list("pk", flat=True):
                yield Occasion(profile, f"birthday:{profile}:{feast.year}", at, at, f"{feast:%Y-%m-%d}")
        day += timedelta(days=1)


declare(
    Trigger(
        "event", _("Something happened"), _events,
        (Field("type", _("what happened"), Event.Type.SUBSCRIBED.value, choices=_types),), exits=(),
        help=_("Any fact of the log about somebody we know."),
    ),
    Trigger(
        "segment", _("Somebody joined a segment"), _entered, (Field("segment", _("segment"), "", choices=_segments),),
        exits=(),
    ),
    Trigger(
        "stage", _("Somebody came to a stage"), _stage,
        (Field("stage", _("stage"), Profile.Stage.AT_RISK.value, choices=_stages),), exits=(STAGE_LEFT,),
        help=_("It is over when the person comes to another stage."),
    ),
    Trigger(
        "birthday", _("A birthday comes"), _birthday, (Field("days", _("days before"), 0, least=0, most=60),),
        Message.Priority.AFTER, (), every=HOURLY, help=_("Where we know it. In the morning by the clock of the shop."),
    ),
)  # fmt: skip
