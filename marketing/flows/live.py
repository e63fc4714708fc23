"""The world of a flow as it is now: today's rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from marketing.flows.definition import Definition
from marketing.models import Enrolment, Message
from marketing.rules import flows
from marketing.rules.quiet import zone_of
from marketing.segments import Group, evaluate
from marketing.segments.people import Person

Status = Message.Status
OPEN = (Status.PLANNED, Status.CLAIMED, Status.SENDING)


def salt_of(flow_id: int) -> str:
    """Under which people are divided for a flow; the same for every version of it."""
    return f"flow:{flow_id}"


@dataclass(slots=True)
class LiveWorld:
    """Of one enrolment. `person` comes with all that the rules of the definition ask for."""

    enrolment: Enrolment
    definition: Definition
    person: Person | None

    @property
    def profile_id(self) -> int:
        return self.enrolment.profile_id

    @property
    def salt(self) -> str:
        return salt_of(self.enrolment.flow_id)

    @property
    def zone(self) -> tzinfo:
        profile = self.enrolment.profile
        return zone_of(profile.time_zone, profile.country)

    def why_out(self, now: datetime) -> str:
        return flows.why_out(flows.Case(self.enrolment, self.definition, now))

    def has_done(self, type: str, now: datetime) -> bool:
        return flows.has_done(self.enrolment, type)

    def fits(self, rule: Group, now: datetime) -> bool:
        return self.person is not None and evaluate(rule, self.person, now)

    def held_until(self, now: datetime) -> datetime | None:
        """An earlier message has not left yet, or the cart is in use again."""
        waits = self.enrolment.messages.filter(status__in=OPEN).values_list("planned_for", flat=True)
        times = [max(at, now) + timedelta(minutes=1) for at in waits]
        return max(times, default=None)
