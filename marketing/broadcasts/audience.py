"""Who of a segment gets a broadcast, when, and why the others do not: for the rehearsed list as for the planned one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.timezone import get_default_timezone

from catalog.models import Variant
from catalog.queries import stock
from marketing import experiments
from marketing.broadcasts import hours, times
from marketing.channels.addresses import addresses_of
from marketing.models import Broadcast, Profile, SegmentMembership
from marketing.rules import Check, Rule, minute, verdict
from marketing.rules.person import Look, Whom
from marketing.rules.quiet import zone_of

LANGUAGES = {code for code, _name in settings.LANGUAGES}


@dataclass(frozen=True, slots=True)
class Place:
    """What a broadcast has for one person: a moment and a variant, or the rule that leaves him out."""

    profile: Profile
    address: str
    language: str
    moment: datetime
    arm: str
    checks: list[Check]
    left_out: Rule | None

    @property
    def is_written_to(self) -> bool:
        return self.left_out is None


def members(broadcast: Broadcast, after: int, number: int) -> list[int]:
    """Ids of the next people of its segment, in the order of their keys."""
    inside = SegmentMembership.objects.filter(segment=broadcast.segment_id, until=None, profile__gt=after)
    return list(inside.order_by("profile").values_list("profile", flat=True)[:number])


def pieces_left(broadcast: Broadcast) -> int | None:
    """How many pieces of what it is about can be sold now; None when it is about nothing that is counted."""
    if broadcast.product_id is None:
        return None
    variants = Variant.objects.for_sale().filter(product=broadcast.product_id).values_list("pk", flat=True)
    found = list(stock.available(variants).values())
    return None if None in found else sum(found)


def cap_of(broadcast: Broadcast) -> int | None:
    """How many people there are pieces for, if so many in a hundred order one."""
    pieces = pieces_left(broadcast)
    return None if pieces is None else pieces * 100 // broadcast.orders_in_hundred


class Audience:
    """Judges people of a broadcast as things stand at this moment, in batches; `room` is what the stock leaves."""

    def __init__(self, broadcast: Broadcast, now: datetime, room: int | None = None) -> None:
        self.broadcast, self.now, self.room = broadcast, now, room
        self.shop = get_default_timezone()
        self._addresses: dict[int, str] = {}
        self._of_all: list[float] | None = None
        self._moments: dict[tuple, datetime] = {}

    def judge(self, ids: Sequence[int]) -> Iterator[Place]:
        """What each of these gets, in the order of their keys. Those who were merged into others are left out."""
        people = list(Profile.objects.filter(pk__in=ids).order_by("pk"))
        self._addresses = addresses_of(people, self.broadcast.channel)
        whoms = [Whom.of_person(one, self.broadcast.channel, 0) for one in people]
        look = Look(whoms, self.now, gate_only=True)
        visits = hours.visits_of(ids, self.now) if self.broadcast.timing == Broadcast.Timing.BEST else {}
        for person, whom in zip(people, whoms, strict=True):
            yield self._place(person, look.gate(whom), visits.get(person.pk, {}))

    def _place(self, person: Profile, gate: list[Check], visits: dict[int, int]) -> Place:
        moment = self._moment(person, visits)
        address = self._addresses.get(person.pk, "")
        checks = [Check(Rule.NO_ADDRESS, bool(address)), *gate, *self._of_broadcast(person, moment)]
        final, _later = verdict(checks)
        if final is None and self.room is not None:
            checks.append(Check(Rule.STOCK_CAP, self.room > 0, str(self.room)))
            final = None if self.room > 0 else checks[-1]
            self.room -= final is None
        return Place(
            profile=person,
            address=address or person.email,
            language=person.language if person.language in LANGUAGES else settings.LANGUAGE_CODE,
            moment=moment,
            arm=self._arm(person.pk),
            checks=checks,
            left_out=final.rule if final else None,
        )

    def _of_broadcast(self, person: Profile, moment: datetime) -> Iterable[Check]:
        until = moment + self.broadcast.deadline
        yield Check(Rule.TOO_LATE, self.now < until, minute(until))
        if self.broadcast.holdout:
            held = experiments.is_held_out(self.broadcast.salt, person.pk, self.broadcast.holdout)
            yield Check(Rule.HELD_OUT, not held, f"{self.broadcast.holdout} %")

    def _arm(self, person: int) -> str:
        if self.broadcast.rival_id is None:
            return ""
        share = self.broadcast.rival_share
        arms = [(Broadcast.ARM, 100 - share), (Broadcast.RIVAL_ARM, share)]
        return experiments.arm_of(self.broadcast.salt, person, arms)

    def _moment(self, person: Profile, visits: dict[int, int]) -> datetime:
        timing = self.broadcast.timing
        if timing == Broadcast.Timing.ONCE:
            return self.broadcast.scheduled_at
        zone = zone_of(person.time_zone, person.country)
        if timing == Broadcast.Timing.LOCAL:
            if zone.key not in self._moments:
                self._moments[zone.key] = times.by_his_clock(self.broadcast.scheduled_at, self.shop, zone)
            return self._moments[zone.key]
        return times.at_best_hour(self.broadcast.scheduled_at, zone, self._best(visits, zone))

    def _best(self, visits: dict[int, int], zone: ZoneInfo) -> int:
        if self._of_all is None:
            self._of_all = hours.shares_of_shop(self.now, self.shop)
        return hours.best_hour(hours.shifted(visits, zone, self.now), self._of_all)
