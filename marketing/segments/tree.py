"""The rule of a segment as data: groups of conditions, read from what was stored or typed.

{"version": 1, "match": "all", "parts": [{"kind": "orders", "count": {…}}, {"match": "none", "parts": […]}]}
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from marketing.segments.kind import KINDS, Kind

VERSION = 1
ALL, ANY, NONE = "all", "any", "none"
MOST_CONDITIONS = 40
DEEPEST = 4


class Fault(NamedTuple):
    """What is wrong, and where: the places on the way down, such as `0.2`."""

    path: str
    sentence: str


class Unfit(Exception):
    """The data is no rule; `faults` say why, in sentences for the merchant."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(" ".join(fault.sentence for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Condition:
    kind: Kind
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions and smaller groups: all of them must hold, any of them, or none."""

    match: str
    parts: tuple["Condition | Group", ...] = ()

    def conditions(self) -> Iterator[Condition]:
        """Every condition, however deep."""
        for part in self.parts:
            if isinstance(part, Group):
                yield from part.conditions()
            else:
                yield part

    @property
    def follows_time(self) -> bool:
        """Whether time alone can change who fits; another segment is asked for itself."""
        return any(each.kind.follows_time(each.values) for each in self.conditions())

    @property
    def needs(self) -> frozenset[str]:
        return frozenset().union(*(each.kind.needs for each in self.conditions()))

    @property
    def others(self) -> set[str]:
        """The short names of the segments that it asks."""
        return {each.values["segment"] for each in self.conditions() if each.kind.code == "segment"}


def check(data: Any) -> Group:
    """The rule of a form that somebody sent. Raises Unfit with everything that is wrong."""
    faults: list[Fault] = []
    rule = _group(data, "", 1, faults, is_strict=True)
    number = sum(1 for _each in rule.conditions())
    if not number and not faults:
        faults.append(Fault("", _("The rule has no condition yet.")))
    if number > MOST_CONDITIONS:
        faults.append(Fault("", _("A rule may have %(number)d conditions at most.") % {"number": MOST_CONDITIONS}))
    if faults:
        raise Unfit(faults)
    return rule


def read(data: Any) -> Group:
    """The rule that was stored. What it names may be gone by now; then nobody fits there. Raises Unfit."""
    faults: list[Fault] = []
    rule = _group(data, "", 1, faults, is_strict=False)
    if faults or not any(True for _each in rule.conditions()):
        raise Unfit(faults or [Fault("", _("The rule has no condition yet."))])
    return rule


def write(rule: Group) -> dict:
    """The rule as data for a JSON column."""
    return {"version": VERSION, **_written(rule)}


def _written(part: Condition | Group) -> dict:
    if isinstance(part, Group):
        return {"match": part.match, "parts": [_written(one) for one in part.parts]}
    return {"kind": part.kind.code, **part.values}


def _group(data: Any, path: str, depth: int, faults: list[Fault], is_strict: bool) -> Group:
    sound = isinstance(data, dict) and data.get("match") in (ALL, ANY, NONE) and isinstance(data.get("parts"), list)
    if not sound or data.get("version", VERSION) != VERSION:
        faults.append(Fault(path, _("The rule could not be read.")))
        return Group(ALL)
    if depth > DEEPEST:
        faults.append(Fault(path, _("Groups may stand in each other %(number)d deep at most.") % {"number": DEEPEST}))
        return Group(ALL)
    parts = []
    for place, part in enumerate(data["parts"][: 2 * MOST_CONDITIONS]):
        at = f"{path}.{place}" if path else str(place)
        if isinstance(part, dict) and "parts" in part:
            parts.append(_group(part, at, depth + 1, faults, is_strict))
        elif (found := _condition(part, at, faults, is_strict)) is not None:
            parts.append(found)
    # A group without conditions says nothing.
    return Group(data["match"], tuple(part for part in parts if not isinstance(part, Group) or part.parts))


def _condition(data: Any, at: str, faults: list[Fault], is_strict: bool) -> Condition | None:
    kind = KINDS.get(str(data.get("kind"))) if isinstance(data, dict) else None
    if kind is None:
        faults.append(Fault(at, _("The rule could not be read.")))
        return None
    values = {param.name: data.get(param.name) for param in kind.params}
    for param in kind.params:
        value = values[param.name]
        if is_strict and (sentence := param.fault(value)):
            faults.append(Fault(at, sentence))
        elif not is_strict and not param.is_sound(value):
            faults.append(Fault(at, _("The rule could not be read.")))
    if any(fault.path == at for fault in faults):
        return None
    return Condition(kind, {param.name: param.tidy(values[param.name]) for param in kind.params})
