"""A flow while somebody puts it together: plain data, however unfinished, and what the buttons of its form do to it."""

from secrets import token_hex
from typing import Any

from marketing.flows.fields import read_all
from marketing.flows.steps import DEEPEST, MOST_STEPS, STEPS
from marketing.flows.triggers import TRIGGERS

START = {"trigger": {}, "conditions": {}, "exit": {}, "goal": "", "reentry": 30, "steps": []}


def of_flow(data: Any) -> dict:
    """The working copy, with every part of it."""
    return {**START, **(data if isinstance(data, dict) else {})}


def read(draft: dict, posted) -> dict:
    """The draft with what was typed into its fields. What is not part of the form stays as it was."""
    kind = posted.get("trigger", draft["trigger"].get("kind", ""))
    trigger = TRIGGERS.get(kind)
    told = {}
    if trigger:
        known = draft["trigger"] if draft["trigger"].get("kind") == kind else {}
        typed = {
            one.name: posted.get(f"trigger-{kind}-{one.name}", known.get(one.name, one.start)) for one in trigger.fields
        }
        told = {"kind": kind, **read_all(trigger.fields, typed)}
    days = posted.get("reentry", "")
    return {
        **draft, "trigger": told, "goal": posted.get("goal", draft["goal"])[:20],
        "reentry": int(days) if days.isdecimal() and len(days) < 4 else draft["reentry"],
        "steps": [_typed(step, posted) for step in draft["steps"]],
    }  # fmt: skip


def _typed(step: dict, posted) -> dict:
    kind = STEPS.get(step.get("kind"))
    if kind is None:
        return step
    typed = {one.name: posted.get(f"{step['id']}-{one.name}", step.get(one.name, one.start)) for one in kind.fields}
    ways = {code: [_typed(inner, posted) for inner in way] for code, way in step.get("branches", {}).items()}
    return {**step, **read_all(kind.fields, typed), **({"branches": ways} if ways else {})}


def press(draft: dict, verb: str, which: str, posted) -> str:
    """What a button does to the steps: `add:<way>`, `up:`, `down:` or `remove:` a step. Says which step it is about.

    A way is empty for the flow itself, or a step and its branch, such as `s3/yes`.
    """
    if verb == "add":
        return _add(draft, which, posted.get(f"new-{which}", ""))
    found = _place(draft["steps"], which)
    if found is None:
        return ""
    way, place = found
    if verb == "remove":
        way.pop(place)
        return ""
    goal = place + (1 if verb == "down" else -1)
    if verb in ("up", "down") and 0 <= goal < len(way):
        way.insert(goal, way.pop(place))
    return which


def _add(draft: dict, where: str, code: str) -> str:
    kind, way = STEPS.get(code), way_of(draft, where)
    if kind is None or way is None or _count(draft["steps"]) >= MOST_STEPS:
        return ""
    if kind.branches and _depth(draft["steps"], where) >= DEEPEST - 1:
        return ""
    step = {"id": f"s{token_hex(3)}", "kind": code, **read_all(kind.fields, {})}
    if kind.branches:
        step["branches"] = {branch: [] for branch, _label in kind.branches}
    way.append(step)
    return step["id"]


def way_of(draft: dict, where: str) -> list | None:
    """The steps of a way; None when there is no such way."""
    if not where:
        return draft["steps"]
    step, _slash, branch = where.partition("/")
    found = find(draft["steps"], step)
    return found.get("branches", {}).get(branch) if found else None


def find(steps: list, step_id: str) -> dict | None:
    place = _place(steps, step_id)
    return place[0][place[1]] if place else None


def _place(steps: list, step_id: str) -> tuple[list, int] | None:
    for place, step in enumerate(steps):
        if step["id"] == step_id:
            return steps, place
        for way in step.get("branches", {}).values():
            if found := _place(way, step_id):
                return found
    return None


def _count(steps: list) -> int:
    return sum(1 + sum(_count(way) for way in step.get("branches", {}).values()) for step in steps)


def _depth(steps: list, where: str, depth: int = 0) -> int:
    """How deep a way lies: 0 for the flow itself."""
    for step in steps:
        for code, way in step.get("branches", {}).items():
            if f"{step['id']}/{code}" == where:
                return depth + 1
            if inner := _depth(way, where, depth + 1):
                return inner
    return 0
