"""The definition of a flow: what sets it off, who is let in and who leaves, and the steps. Plain data and pure reading.

{"trigger": {"kind": "cart", "idle": 240}, "conditions": {rule}, "exit": {rule}, "goal": "order_placed", "reentry": 7,
 "steps": [{"id": "s1", "kind": "wait", …}, {"id": "s2", "kind": "split", "rule": {…}, "branches": {"yes": […], …}}]}
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from marketing.flows.fields import read_all
from marketing.flows.steps import DEEPEST, MESSAGE, MOST_STEPS, STEPS, StepKind
from marketing.flows.triggers import TRIGGERS, Trigger
from marketing.segments import Group, Unfit, read

RULES = ("conditions", "exit")
MOST_DAYS = 730


@dataclass(frozen=True)
class Step:
    id: str
    kind: StepKind
    values: dict[str, Any]
    rule: dict = field(default_factory=dict)
    branches: dict[str, tuple["Step", ...]] = field(default_factory=dict)

    @cached_property
    def group(self) -> Group | None:
        return group_of(self.rule)


@dataclass(frozen=True)
class Definition:
    """`trigger` is None while none is chosen. `reentry` are the days in which nobody enters again; 0 for no limit."""

    trigger: Trigger | None
    values: dict[str, Any]
    conditions: dict
    exit: dict
    goal: str
    reentry: int
    steps: tuple[Step, ...]

    @classmethod
    def read(cls, data: Any) -> "Definition":
        """From JSON. What is no part of ours is left out."""
        data = data if isinstance(data, dict) else {}
        told = data.get("trigger") if isinstance(data.get("trigger"), dict) else {}
        trigger = TRIGGERS.get(str(told.get("kind")))
        conditions, exit = (data.get(name) if isinstance(data.get(name), dict) else {} for name in RULES)
        days = data.get("reentry")
        return cls(
            trigger, read_all(trigger.fields, told) if trigger else {}, conditions, exit,
            str(data.get("goal") or "")[:20], days if isinstance(days, int) and 0 <= days <= MOST_DAYS else 0,
            _steps(data.get("steps"), 1, [MOST_STEPS], set()),
        )  # fmt: skip

    @cached_property
    def let_in(self) -> Group | None:
        return group_of(self.conditions)

    @cached_property
    def let_out(self) -> Group | None:
        return group_of(self.exit)

    @cached_property
    def first(self) -> str:
        return self.steps[0].id if self.steps else ""

    @cached_property
    def nodes(self) -> dict[str, Step]:
        return {step.id: step for step in self.walk()}

    @cached_property
    def after(self) -> dict[str, str]:
        """Which step follows when one is done; nothing behind the last one."""
        found: dict[str, str] = {}
        _follow(self.steps, "", found)
        return found

    @cached_property
    def needs(self) -> frozenset[str]:
        """Which facts of a person its rules ask for."""
        from marketing.segments.evaluating import needs_of

        rules = [self.let_in, self.let_out, *(step.group for step in self.walk())]
        return frozenset().union(*(needs_of(rule) for rule in rules if rule))

    def walk(self) -> Iterator[Step]:
        """Every step, from the top down."""
        yield from _walk(self.steps)

    def messages(self) -> list[Step]:
        return [step for step in self.walk() if step.kind.code == MESSAGE]


def group_of(data: Any) -> Group | None:
    """The rule; None for no rule, or one that cannot be read."""
    try:
        return read(data) if data else None
    except Unfit:
        return None


def _steps(rows: Any, depth: int, room: list[int], used: set[str]) -> tuple[Step, ...]:
    found = []
    for row in rows if isinstance(rows, list) else []:
        kind = STEPS.get(str(row.get("kind"))) if isinstance(row, dict) else None
        name = str(row.get("id") or "")[:12] if kind else ""
        if kind is None or not name or name in used or room[0] <= 0 or (kind.branches and depth >= DEEPEST):
            continue
        used.add(name)
        room[0] -= 1
        ways = row.get("branches") if isinstance(row.get("branches"), dict) else {}
        branches = {code: _steps(ways.get(code), depth + 1, room, used) for code, _label in kind.branches}
        rule = row.get("rule") if kind.has_rule and isinstance(row.get("rule"), dict) else {}
        found.append(Step(name, kind, read_all(kind.fields, row), rule, branches))
    return tuple(found)


def _walk(steps: tuple[Step, ...]) -> Iterator[Step]:
    for step in steps:
        yield step
        for way in step.branches.values():
            yield from _walk(way)


def _follow(steps: tuple[Step, ...], then: str, found: dict[str, str]) -> None:
    for place, step in enumerate(steps):
        found[step.id] = steps[place + 1].id if place + 1 < len(steps) else then
        for way in step.branches.values():
            _follow(way, found[step.id], found)
