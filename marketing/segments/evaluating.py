"""The same rule asked of one person in Python, with everything that was seen on the way."""

from dataclasses import dataclass
from datetime import datetime

from marketing.segments.kind import Asked
from marketing.segments.others import rule_of
from marketing.segments.people import Person, people_of
from marketing.segments.tree import ALL, ANY, NONE, Condition, Group


@dataclass(frozen=True, slots=True)
class Verdict:
    """A node of the rule, whether it holds, and for a condition: its words and what was seen of the person."""

    holds: bool
    match: str = ""
    parts: tuple["Verdict", ...] = ()
    words: str = ""
    seen: str = ""


def evaluate(rule: Group, person: Person, now: datetime) -> bool:
    """Whether the person fits at that moment."""
    return _holds(rule, _asked(person, now))


def explain(rule: Group, person: Person, now: datetime) -> Verdict:
    """The rule with truth values and the value seen at each condition."""
    return _verdict(rule, _asked(person, now))


def person_of(rule: Group, profile_id: int, now: datetime) -> Person | None:
    """The person with all that this rule needs to know of him, and the rules that it asks."""
    return people_of([profile_id], needs_of(rule), now).get(profile_id)


def needs_of(rule: Group) -> frozenset[str]:
    found = rule.needs
    for slug in rule.others:
        inner = rule_of(slug)
        found |= needs_of(inner) if inner else frozenset({"lists"})
    return found


def _asked(person: Person, now: datetime) -> Asked:
    asked: Asked

    def other(slug: str) -> bool:
        inner = rule_of(slug)
        return slug in person.lists if inner is None else _holds(inner, asked)

    asked = Asked(person, now, other)
    return asked


def _holds(part: Group | Condition, asked: Asked) -> bool:
    if isinstance(part, Condition):
        return part.kind.holds(part.values, part.kind.seen(part.values, asked))
    return _joined(part.match, (_holds(one, asked) for one in part.parts))


def _verdict(part: Group | Condition, asked: Asked) -> Verdict:
    if isinstance(part, Condition):
        seen = part.kind.seen(part.values, asked)
        kind, values = part.kind, part.values
        return Verdict(kind.holds(values, seen), words=kind.words(values), seen=kind.say(values, seen))
    parts = tuple(_verdict(one, asked) for one in part.parts)
    return Verdict(_joined(part.match, (one.holds for one in parts)), part.match, parts)


def _joined(match: str, answers) -> bool:
    return {ALL: all, ANY: any, NONE: lambda found: not any(found)}[match](answers)
