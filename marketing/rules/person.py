"""What holds for every message, whatever it is about: consent, suppression, limits, priority and quiet hours.

Read for many people in a handful of queries, at planning and again in the transaction that takes a message up.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from customers import consent
from marketing.models import Message, PressurePolicy, Profile
from marketing.rules.check import Check, Rule, minute
from marketing.rules.quiet import loud_from, zone_of

Status, Channel = Message.Status, Message.Channel
# Counted against a limit: what left, or may have.
LEFT = (Status.CLAIMED, Status.SENDING, Status.HANDED_OVER, Status.IN_DOUBT)
UNBIDDEN = {Channel.ONSITE.value, Channel.WEBHOOK.value}
WEEK = timedelta(days=7)
# What gives way to something more important looks again so long after its time.
AFTERWARDS = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody to whom a message may go. Without `profile_id` only the address is known."""

    profile_id: int | None
    email: str
    channel: str = Channel.EMAIL
    priority: int = Message.Priority.CAMPAIGN
    time_zone: str = ""
    country: str = ""
    message_id: int | None = None

    @classmethod
    def of(cls, message: Message) -> "Whom":
        facts = {"channel": message.channel, "priority": message.priority, "message_id": message.pk}
        return cls.of_person(message.profile, **facts) if message.profile else cls(None, message.address, **facts)

    @classmethod
    def of_person(cls, profile: Profile, channel: str, priority: int, message_id: int | None = None) -> "Whom":
        place = {"time_zone": profile.time_zone, "country": profile.country}
        return cls(profile.pk, profile.email, channel, priority, message_id=message_id, **place)


@dataclass(frozen=True, slots=True)
class _Sent:
    channel: str
    at: datetime
    message_id: int


@dataclass(frozen=True, slots=True)
class _Ahead:
    """Planned, and to be taken into account: it is more important."""

    channel: str
    priority: int
    at: datetime
    message_id: int


class Look:
    """All that the rules of `whoms` read, as it is at this moment; with `gate_only` what `gate` reads."""

    def __init__(self, whoms: list[Whom], now: datetime, gate_only: bool = False) -> None:
        self.now = now
        self._standing = {}
        for channel in {whom.channel for whom in whoms} - UNBIDDEN:
            emails = {consent.normal(whom.email) for whom in whoms if whom.channel == channel}
            found = consent.standings(emails, channel=channel)
            self._standing |= {(email, channel): standing for email, standing in found.items()}
        people = set() if gate_only else {whom.profile_id for whom in whoms} - {None}
        self._policies = [] if gate_only else list(PressurePolicy.objects.all())
        self._sent, self._ahead = self._messages(people)

    def _messages(self, people: set[int]) -> tuple[dict[int, list[_Sent]], dict[int, list[_Ahead]]]:
        sent, ahead = defaultdict(list), defaultdict(list)
        if not people:
            return sent, ahead
        counted = Message.objects.filter(profile__in=people).exclude(channel__in=UNBIDDEN)
        left = counted.filter(claimed_at__gt=self.now - WEEK, status__in=LEFT)
        rows = left.order_by("-claimed_at").values_list("profile_id", "channel", "claimed_at", "pk")
        for person, *facts in rows:
            sent[person].append(_Sent(*facts))
        planned = counted.filter(status=Status.PLANNED, planned_for__gt=self.now - timedelta(days=1))
        rows = planned.filter(deadline__gt=self.now).values_list(
            "profile_id", "channel", "priority", "planned_for", "pk"
        )
        for person, *facts in rows:
            ahead[person].append(_Ahead(*facts))
        return sent, ahead

    def took(self, whom: Whom) -> None:
        """One more leaves now: it counts for those that are looked at after it."""
        if whom.profile_id:
            self._sent[whom.profile_id].insert(0, _Sent(whom.channel, self.now, whom.message_id or 0))

    def checks(self, whom: Whom) -> list[Check]:
        """Every rule with what it saw.

        Another system is no person, and on our own pages nobody is disturbed: there none of these rules holds.
        """
        return [] if whom.channel in UNBIDDEN else list(self._checks(whom))

    def gate(self, whom: Whom) -> list[Check]:
        """Of these the ones that forbid it for good: whether the person wants to hear from us at all."""
        return [] if whom.channel in UNBIDDEN else list(self._gate(whom))

    def _checks(self, whom: Whom) -> Iterator[Check]:
        yield from self._gate(whom)
        policies = [rule for rule in self._policies if rule.channel in (whom.channel, PressurePolicy.ALL)]
        yield self._pressure(whom, policies)
        yield self._gives_way(whom, policies)
        yield self._quiet(whom, policies)

    def _gate(self, whom: Whom) -> Iterator[Check]:
        standing = self._standing[consent.normal(whom.email), whom.channel]
        said, bar = standing.consent, standing.suppression
        seen = f"{said.status}, {said.source}, {minute(said.created_at)}" if said else ""
        yield Check(Rule.NO_CONSENT, said is not None and said.status == said.Status.GRANTED, seen)
        yield Check(Rule.SUPPRESSED, bar is None, f"{bar.reason}, {minute(bar.created_at)}" if bar else "")

    def _pressure(self, whom: Whom, policies: list[PressurePolicy]) -> Check:
        sent = [row for row in self._sent[whom.profile_id] if row.message_id != whom.message_id]
        free_at, seen = None, ""
        for policy in policies:
            mine = [row.at for row in sent if policy.channel in (row.channel, PressurePolicy.ALL)]
            for most, window in ((policy.most, timedelta(hours=policy.hours)), (policy.most_in_week, WEEK)):
                within = [at for at in mine if at > self.now - window]
                if len(within) >= most and (free_at is None or within[most - 1] + window > free_at):
                    free_at = within[most - 1] + window
                    seen = f"{len(within)} / {most}, {minute(within[0])}"
        return Check(Rule.PRESSURE, free_at is None, seen, free_at)

    def _gives_way(self, whom: Whom, policies: list[PressurePolicy]) -> Check:
        """Where a limit leaves room for one, the more important one of two gets it, though it comes later."""
        waits, seen = None, ""
        for policy in policies:
            horizon = self.now + timedelta(hours=policy.hours)
            others = [
                row
                for row in self._ahead[whom.profile_id]
                if row.message_id != whom.message_id
                and row.priority < whom.priority
                and row.at <= horizon
                and policy.channel in (row.channel, PressurePolicy.ALL)
            ]
            window = self.now - timedelta(hours=policy.hours)
            sent = [row for row in self._sent[whom.profile_id] if row.at > window]
            sent = [row for row in sent if policy.channel in (row.channel, PressurePolicy.ALL)]
            if others and len(sent) + len(others) >= policy.most:
                first = min(others, key=lambda row: (row.at, row.message_id))
                waits = max(first.at, self.now) + AFTERWARDS
                seen = f"{Message.Priority(first.priority).label}, {minute(first.at)}"
        return Check(Rule.GIVES_WAY, waits is None, seen, waits)

    def _quiet(self, whom: Whom, policies: list[PressurePolicy]) -> Check:
        zone = zone_of(whom.time_zone, whom.country)
        ends = [loud_from(self.now, zone, rule.quiet_from, rule.quiet_until) for rule in policies]
        until = max((end for end in ends if end), default=None)
        local = self.now.astimezone(zone)
        return Check(Rule.QUIET, until is None, f"{local:%H:%M} {zone.key}", until)
