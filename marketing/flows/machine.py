"""How somebody moves through a flow. Pure: no clock of its own, no database; live and rehearsed alike."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Protocol

from marketing.experiments import arm_of
from marketing.flows.definition import Definition, Step
from marketing.flows.steps import CLOCK, DAYS, END, HOURS, MESSAGE, MINUTES, NO, SPLIT, TEST, WAIT, YES, A, B
from marketing.segments import Group

COMPLETED, EXITED = "completed", "exited"
GOAL, OWN_RULE = "goal_reached", "own_exit"


class World(Protocol):
    """What one person's flow can see at a moment."""

    profile_id: int
    zone: tzinfo
    # Salt of A/B steps: the flow.
    salt: str

    def why_out(self, now: datetime) -> str:
        """Why the occasion is over, such as an order; nothing while it is not."""

    def has_done(self, type: str, now: datetime) -> bool:
        """Whether an event of this type happened since the flow was set off."""

    def fits(self, rule: Group, now: datetime) -> bool: ...

    def held_until(self, now: datetime) -> datetime | None:
        """While an earlier message has not left: when to look again."""


@dataclass(frozen=True, slots=True)
class State:
    """Where somebody is. `due_at` is None when it is over."""

    step: str
    due_at: datetime | None
    status: str = "waiting"
    reason: str = ""
    arms: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that is to be written: by which step, and from when on."""

    step: Step
    at: datetime


def advance(definition: Definition, state: State, world: World, now: datetime) -> tuple[State, list[Letter]]:
    """Take every step that is due at `now`. The same state and world lead to the same end, however often asked."""
    letters: list[Letter] = []
    while state.due_at is not None and state.due_at <= now:
        if over := _over(definition, world, now):
            return _ended(state, *over), letters
        step = definition.nodes.get(state.step)
        if step is None or step.kind.code == END:
            return _ended(state, COMPLETED), letters
        if step.kind.code == MESSAGE:
            if letters or (held := world.held_until(now)):
                # One after the other: the next one is not due before the last one has left.
                return replace(state, due_at=held if not letters else now + timedelta(minutes=1)), letters
            letters.append(Letter(step, state.due_at))
        state = _past(definition, state, step, world, now)
    return state, letters


def _over(definition: Definition, world: World, now: datetime) -> tuple[str, str] | None:
    if definition.goal and world.has_done(definition.goal, now):
        return COMPLETED, GOAL
    if reason := world.why_out(now):
        return EXITED, reason
    if definition.let_out and world.fits(definition.let_out, now):
        return EXITED, OWN_RULE
    return None


def _ended(state: State, status: str, reason: str = "") -> State:
    return replace(state, due_at=None, status=status, reason=reason)


def _past(definition: Definition, state: State, step: Step, world: World, now: datetime) -> State:
    """The state when this step is done."""
    then = definition.after[step.id]
    if step.kind.code == WAIT:
        return replace(state, step=then, due_at=waited(step.values, state.due_at, world.zone))
    if step.kind.code not in (SPLIT, TEST):
        return replace(state, step=then)
    way = _way(step, world, now)
    inner = step.branches[way]
    return replace(state, step=inner[0].id if inner else then, arms={**state.arms, step.id: way})


def _way(step: Step, world: World, now: datetime) -> str:
    if step.kind.code == TEST:
        share = step.values["share"]
        return arm_of(f"{world.salt}:{step.id}", world.profile_id, [(A, share), (B, 100 - share)])
    return YES if step.group and world.fits(step.group, now) else NO


def waited(values: dict, since: datetime, zone: tzinfo) -> datetime:
    """When a wait that begins at `since` is over. Days end at the same time of day by the clock of the person."""
    amount, unit = values["amount"], values["unit"]
    if unit in (MINUTES, HOURS):
        return since + timedelta(**{unit: amount})
    local = since.astimezone(zone)
    if unit == DAYS:
        return (local + timedelta(days=amount)).astimezone(UTC)
    assert unit == CLOCK
    wanted = datetime.combine(local.date(), time(min(amount, 23)), tzinfo=zone)
    # The hour itself is late enough; past it, tomorrow's.
    if wanted.astimezone(UTC) < since:
        wanted = datetime.combine(local.date() + timedelta(days=1), time(min(amount, 23)), tzinfo=zone)
    return wanted.astimezone(UTC)
