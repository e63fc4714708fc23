"""A rule while somebody writes it: plain data, however unfinished, and what the buttons of its form do to it."""

import re
from dataclasses import dataclass
from typing import Any

from marketing.segments import KINDS
from marketing.segments.params import Box
from marketing.segments.tree import ALL, ANY, DEEPEST, MOST_CONDITIONS, NONE, Fault

PATH = re.compile(r"\d{1,3}(\.\d{1,3}){0,4}")


@dataclass(frozen=True, slots=True)
class Row:
    """A node as the page draws it: a group with its parts, or a condition with its boxes."""

    path: str
    match: str
    label: str
    help: str
    kind: str
    boxes: list[Box]
    faults: list[str]
    parts: list["Row"]
    is_first: bool
    is_last: bool

    @property
    def may_nest(self) -> bool:
        return self.path.count(".") + bool(self.path) < DEEPEST - 1


def of_rule(data: Any) -> dict:
    """The draft of a stored rule; an empty one of anything else."""
    if isinstance(data, dict) and isinstance(data.get("parts"), list):
        return {"match": data.get("match", ALL), "parts": [_of(part) for part in data["parts"] if _is_known(part)]}
    return {"match": ALL, "parts": []}


def _of(part: dict) -> dict:
    return of_rule(part) if "parts" in part else part


def _is_known(part: Any) -> bool:
    return isinstance(part, dict) and ("parts" in part or part.get("kind") in KINDS)


def read(posted) -> dict:
    """The draft that was sent. Unknown kinds and damaged paths are passed over."""
    root = {"match": _match(posted.get("match-", "")), "parts": []}
    nodes = {"": root}
    for path in posted.getlist("node")[: 2 * MOST_CONDITIONS]:
        parent = nodes.get(path.rpartition(".")[0])
        if not PATH.fullmatch(path) or parent is None or "parts" not in parent:
            continue
        if node := _node(posted, path):
            nodes[path] = node
            parent["parts"].append(node)
    return root


def _node(posted, path: str) -> dict | None:
    if f"match-{path}" in posted:
        return {"match": _match(posted.get(f"match-{path}", "")), "parts": []}
    kind = KINDS.get(posted.get(f"kind-{path}", ""))
    if kind is None:
        return None
    return {"kind": kind.code, **{param.name: param.typed(posted, path) for param in kind.params}}


def _match(word: str) -> str:
    return word if word in (ANY, NONE) else ALL


def press(root: dict, button: str, posted) -> None:
    """What a button does: `add:`, `group:`, `drop:`, `up:` or `down:` with the path of a node."""
    verb, _colon, path = button.partition(":")
    if path and not PATH.fullmatch(path):
        return
    steps = [int(step) for step in path.split(".") if step]
    if verb in ("drop", "up", "down"):
        _shift(_at(root, steps[:-1]), steps[-1] if steps else -1, verb)
    group = _at(root, steps)
    if group is None or "parts" not in group:
        return
    if verb == "add" and (kind := KINDS.get(posted.get(f"new-{path}", ""))):
        group["parts"].append({"kind": kind.code, **kind.first()})
    if verb == "group" and len(steps) + 1 < DEEPEST:
        group["parts"].append({"match": ANY, "parts": []})


def _shift(parent: dict | None, place: int, verb: str) -> None:
    parts = parent.get("parts") if parent else None
    if parts is None or not 0 <= place < len(parts):
        return
    node = parts.pop(place)
    if verb != "drop":
        parts.insert(max(0, place - 1) if verb == "up" else place + 1, node)


def _at(root: dict, steps: list[int]) -> dict | None:
    node = root
    for step in steps:
        parts = node.get("parts", [])
        if step >= len(parts):
            return None
        node = parts[step]
    return node


def rows(draft: dict, faults: list[Fault]) -> Row:
    """The draft as the page draws it, each fault at its condition."""
    wrong: dict[str, list[str]] = {}
    for fault in faults:
        wrong.setdefault(fault.path, []).append(fault.sentence)
    return _row(draft, "", wrong, True, True)


def _row(node: dict, path: str, wrong: dict, is_first: bool, is_last: bool) -> Row:
    said = list(dict.fromkeys(wrong.get(path, [])))
    if "parts" in node:
        last = len(node["parts"]) - 1
        parts = [
            _row(part, f"{path}.{place}" if path else str(place), wrong, place == 0, place == last)
            for place, part in enumerate(node["parts"])
        ]
        return Row(path, node["match"], "", "", "", [], said, parts, is_first, is_last)
    kind = KINDS[node["kind"]]
    boxes = [box for param in kind.params for box in param.boxes(_sound(node, param), path)]
    return Row(path, "", str(kind.label), str(kind.help), kind.code, boxes, said, [], is_first, is_last)


def _sound(node: dict, param) -> Any:
    """The value as it is drawn; a stored one of another shape is drawn as a new one."""
    first, value = param.first(), node.get(param.name)
    return first if isinstance(first, dict) != isinstance(value, dict) else value
