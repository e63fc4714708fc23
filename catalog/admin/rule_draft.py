"""A rule while somebody writes it: what stands in the form, however unfinished, and what its buttons do to it."""

import re
from dataclasses import dataclass
from dataclasses import field as each

from django.conf import settings

from catalog import rules
from catalog.money import Money
from catalog.rules import fields as kinds
from catalog.rules.tree import ALL, ANY, DEEPEST, MOST_CONDITIONS

PATH = re.compile(r"\d{1,3}(\.\d{1,3}){0,3}")
AMOUNT = re.compile(r"[0-9]{1,9}([.,][0-9]{1,2})?")
LONGEST = 80


@dataclass
class Draft:
    """A condition, or a group when `field` is empty. `text` is the value as typed, `find` what is looked for."""

    field: str = ""
    operator: str = ""
    text: str = ""
    find: str = ""
    match: str = ALL
    parts: list["Draft"] = each(default_factory=list)

    @property
    def is_group(self) -> bool:
        return not self.field

    @property
    def kind(self) -> str:
        return rules.FIELDS[self.field].kind


def of_rule(data: object) -> Draft:
    """The draft of a stored rule; an empty one of anything else."""
    try:
        return _of(rules.read(data))
    except rules.Unfit:
        return Draft()


def _of(part: rules.Condition | rules.Group) -> Draft:
    if isinstance(part, rules.Group):
        return Draft(match=part.match, parts=[_of(each) for each in part.parts])
    return Draft(part.field, part.operator, _typed(rules.FIELDS[part.field].kind, part.value))


def _typed(kind: str, value: object) -> str:
    if kind == kinds.MONEY:
        return f"{Money(value, settings.SHOP_CURRENCY).amount:f}"
    if kind == kinds.YES:
        return "yes" if value else "no"
    return str(value)


def read(posted) -> Draft:
    """The draft that was sent. Unknown fields and damaged paths are passed over."""
    root = Draft(match=_match(posted.get("match-")))
    nodes = {"": root}
    for path in posted.getlist("node")[: MOST_CONDITIONS * 2]:
        parent = nodes.get(path.rpartition(".")[0])
        if not PATH.fullmatch(path) or parent is None or not parent.is_group:
            continue
        node = _node(posted, path)
        if node:
            nodes[path] = node
            parent.parts.append(node)
    return root


def _node(posted, path: str) -> Draft | None:
    if f"match-{path}" in posted:
        return Draft(match=_match(posted.get(f"match-{path}")))
    known = rules.FIELDS.get(posted.get(f"field-{path}", ""))
    if known is None:
        return None
    operator = posted.get(f"operator-{path}", "")
    return Draft(
        field=known.code,
        operator=operator if operator in known.operators else next(iter(known.operators)),
        text=posted.get(f"value-{path}", "")[:LONGEST],
        find=posted.get(f"find-{path}", "")[:LONGEST],
    )


def _match(word: str | None) -> str:
    return ANY if word == ANY else ALL


def press(root: Draft, button: str, posted) -> None:
    """What a button does to the draft: `add:`, `group:` or `drop:` with the path of a node."""
    verb, _colon, path = button.partition(":")
    if path and not PATH.fullmatch(path):
        return
    steps = [int(step) for step in path.split(".") if step]
    if verb == "drop" and steps:
        parent = _at(root, steps[:-1])
        if parent and steps[-1] < len(parent.parts):
            parent.parts.pop(steps[-1])
        return
    group = _at(root, steps)
    if group is None or not group.is_group:
        return
    if verb == "add" and (known := rules.FIELDS.get(posted.get(f"new-{path}", ""))):
        group.parts.append(Draft(known.code, next(iter(known.operators))))
    if verb == "group" and len(steps) + 1 < DEEPEST:
        group.parts.append(Draft(match=ANY if group.match == ALL else ALL))


def _at(root: Draft, steps: list[int]) -> Draft | None:
    node = root
    for step in steps:
        if step >= len(node.parts):
            return None
        node = node.parts[step]
    return node


def as_data(draft: Draft) -> dict:
    """What `rules.read` reads; a value that makes no sense stays as it was typed, and is refused there."""
    if draft.is_group:
        return {"match": draft.match, "parts": [as_data(part) for part in draft.parts]}
    return {"field": draft.field, "operator": draft.operator, "value": _value(draft.kind, draft.text.strip())}


def _value(kind: str, text: str) -> object:
    if kind == kinds.YES:
        return {"yes": True, "no": False}.get(text, text)
    if kind == kinds.KIND:
        return text
    if kind == kinds.MONEY:
        return Money.parse(text.replace(",", "."), settings.SHOP_CURRENCY).minor if AMOUNT.fullmatch(text) else text
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else text
