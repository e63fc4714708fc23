"""What a broadcast will do, what became of it, and what is planned on which day."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import TruncDate

from marketing.broadcasts.audience import Audience, Place, cap_of, members
from marketing.broadcasts.plates import Design
from marketing.broadcasts.times import next_moment
from marketing.models import Broadcast, Message, SegmentMembership
from orders.models import Order, Promotion

# A purchase is said to follow a click when it comes within five days.
CREDIT = timedelta(days=5)
BATCH = 2000
# Up to here everybody is looked at while the page waits.
AT_ONCE = 10_000
Status = Message.Status


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many people, to how many of them it would go now, and why not to the others. None of a great segment."""

    people: int
    written_to: int | None = None
    left_out: dict[str, int] = field(default_factory=dict)
    cap: int | None = None

    @property
    def most(self) -> int:
        return self.people if self.written_to is None else self.written_to


@dataclass(frozen=True, slots=True)
class Results:
    """Counted from the messages; `ordered` are clicks that an order followed within five days."""

    by_status: dict[str, int]
    by_reason: dict[str, int]
    clicked: int
    ordered: int

    @property
    def whole(self) -> int:
        return sum(self.by_status.values())

    @property
    def sent(self) -> int:
        return self.by_status.get(Status.HANDED_OVER, 0)

    @property
    def open(self) -> int:
        return sum(self.by_status.get(status, 0) for status in (Status.PLANNED, Status.CLAIMED, Status.SENDING))


def outlook(broadcast: Broadcast, now: datetime) -> Outlook:
    """As it would be planned at this moment."""
    people = SegmentMembership.objects.filter(segment=broadcast.segment_id, until=None).count()
    cap = cap_of(broadcast)
    if people > AT_ONCE or broadcast.scheduled_at is None:
        return Outlook(people, cap=cap)
    counted = Counter("" if place.left_out is None else place.left_out.value for place in places(broadcast, now))
    written_to = counted.pop("", 0)
    return Outlook(people, written_to, dict(counted.most_common()), cap)


def places(broadcast: Broadcast, now: datetime) -> Iterator[Place]:
    """Everybody of its segment with what he would get, as planning would decide now; a batch in memory at a time."""
    audience, after = Audience(broadcast, now, cap_of(broadcast)), 0
    while ids := members(broadcast, after, BATCH):
        after = ids[-1]
        yield from audience.judge(ids)


def results(broadcast: Broadcast) -> Results:
    messages = Message.objects.filter(broadcast=broadcast).order_by()
    clicked = messages.filter(clicked_at__isnull=False)
    bought = Order.objects.filter(
        purchase__profile=OuterRef("profile"),
        placed_at__gte=OuterRef("clicked_at"),
        placed_at__lte=OuterRef("clicked_at") + CREDIT,
    )
    reasons = messages.filter(status=Status.SKIPPED).values_list("reason").annotate(times=Count("pk"))
    return Results(
        by_status=dict(messages.values_list("status").annotate(Count("pk"))),
        by_reason=dict(reasons.order_by("-times")),
        clicked=clicked.count(),
        ordered=clicked.filter(Exists(bought)).count(),
    )


def promotions_of(broadcast: Broadcast) -> list[Promotion]:
    """Whose codes its letters give away: one for each reader."""
    versions = [broadcast.version or broadcast.template.newest]
    if broadcast.rival_id:
        versions.append(broadcast.rival_version or broadcast.rival.newest)
    keys = {pk for version in versions if version for pk in Design(version).promotions}
    return list(Promotion.objects.filter(pk__in=keys).order_by("name", "pk"))


@dataclass(frozen=True, slots=True)
class Day:
    """Broadcasts by their moment, editions to come of a series among them, and how many messages of flows."""

    day: date
    broadcasts: list[tuple[datetime, Broadcast, bool]]
    of_flows: int


def days(first: date, number: int, zone: ZoneInfo) -> list[Day]:
    """What is planned on each of so many days by the shop's clock. Three queries."""
    begin = datetime.combine(first, datetime.min.time(), tzinfo=zone)
    end = datetime.combine(first + timedelta(days=number), datetime.min.time(), tzinfo=zone)
    shown: dict[date, list[tuple[datetime, Broadcast, bool]]] = {}
    within = Broadcast.objects.filter(scheduled_at__gte=begin, scheduled_at__lt=end).select_related("segment")
    coming = [(moment, one, True) for moment, one in _editions_to_come(end, zone) if begin <= moment < end]
    for entry in sorted([*((one.scheduled_at, one, False) for one in within), *coming], key=lambda row: row[0]):
        shown.setdefault(entry[0].astimezone(zone).date(), []).append(entry)
    waiting = Message.objects.filter(status=Status.PLANNED, planned_for__gte=begin, planned_for__lt=end, broadcast=None)
    counted = waiting.annotate(day=TruncDate("planned_for", tzinfo=zone)).order_by().values_list("day")
    of_flows = dict(counted.annotate(number=Count("pk")))
    every = [first + timedelta(days=n) for n in range(number)]
    return [Day(day, shown.get(day, []), of_flows.get(day, 0)) for day in every]


def _editions_to_come(end: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, Broadcast]]:
    """Of each series the moments after its newest edition."""
    alive = Broadcast.objects.filter(repeat_days__gt=0, scheduled_at__isnull=False).select_related("segment")
    alive = alive.exclude(status__in=[Broadcast.Status.DRAFT, Broadcast.Status.CANCELLED])
    later = Broadcast.objects.filter(scheduled_at__gt=OuterRef("scheduled_at"))
    mine = later.filter(series=OuterRef("series")) | later.filter(series=OuterRef("pk"))
    for one in alive.filter(~Exists(mine)):
        moment = next_moment(one.scheduled_at, zone, one.repeat_days)
        while moment < end:
            yield moment, one
            moment = next_moment(moment, zone, one.repeat_days)
