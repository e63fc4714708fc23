"""Rules as data: groups of conditions, read from what was stored or typed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.rules.fields import FIELDS

ALL, ANY = "all", "any"
MOST_CONDITIONS = 40
DEEPEST = 3


class Unfit(Exception):
    """The data is no rule; says why in a sentence for the merchant."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One row of a rule, such as ("price", "at-most", 3000)."""

    field: str
    operator: str
    value: object


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions and smaller groups; `match` says whether all of them must hold or any of them."""

    match: str
    parts: tuple["Condition | Group", ...] = ()

    def conditions(self) -> Iterator[Condition]:
        """Every condition, however deep."""
        for part in self.parts:
            if isinstance(part, Group):
                yield from part.conditions()
            else:
                yield part


def read(data: object) -> Group:
    """The rule that this data tells. Raises Unfit: unknown words, wrong values, too deep, too many, or empty."""
    rule = _group(data, 1)
    number = sum(1 for _ in rule.conditions())
    if not number:
        raise Unfit(_("The rule has no condition yet."))
    if number > MOST_CONDITIONS:
        raise Unfit(_("A rule may have %(number)d conditions at most.") % {"number": MOST_CONDITIONS})
    return rule


def write(rule: Group) -> dict:
    """The rule as data for a JSON column."""
    return {"match": rule.match, "parts": [_written(part) for part in rule.parts]}


def _written(part: Condition | Group) -> dict:
    if isinstance(part, Group):
        return write(part)
    return {"field": part.field, "operator": part.operator, "value": part.value}


def _group(data: object, depth: int) -> Group:
    if not isinstance(data, dict) or data.get("match") not in (ALL, ANY) or not isinstance(data.get("parts"), list):
        raise Unfit(_("The rule could not be read."))
    if depth > DEEPEST:
        raise Unfit(_("Groups may stand in each other %(number)d deep at most.") % {"number": DEEPEST})
    parts = [_group(part, depth + 1) if _is_group(part) else _condition(part) for part in data["parts"]]
    # A group without conditions says nothing.
    return Group(data["match"], tuple(part for part in parts if not isinstance(part, Group) or part.parts))


def _is_group(part: object) -> bool:
    return isinstance(part, dict) and "parts" in part


def _condition(data: object) -> Condition:
    told = {name: data.get(name) for name in ("field", "operator")} if isinstance(data, dict) else {}
    if not told or not all(isinstance(word, str) for word in told.values()):
        raise Unfit(_("The rule could not be read."))
    field = FIELDS.get(told["field"])
    if field is None or told["operator"] not in field.operators:
        raise Unfit(_("The rule could not be read."))
    if not field.takes(data.get("value")):
        raise Unfit(_("“%(field)s” has no proper value yet.") % {"field": field.label})
    return Condition(field.code, told["operator"], data["value"])
