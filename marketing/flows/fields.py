"""What is typed into a trigger or a step: a number or a choice, with its bounds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Field:
    """`start` is what a new one begins with."""

    name: str
    label: Any
    start: Any
    help: Any = ""
    least: int = 0
    most: int = 0
    # Value and label; of a number there are none.
    choices: Callable[[], list[tuple[str, str]]] | None = field(default=None)

    def read(self, typed: Any) -> Any:
        """What was typed or stored, as it is kept: a whole number, or a word; however wrong."""
        if self.choices:
            return str(typed if typed is not None else "")[:60]
        text = str(typed if typed is not None else "").strip()
        return int(text) if text.isdecimal() and len(text) < 8 else text[:12]

    def fault(self, value: Any) -> str:
        if self.choices:
            return "" if value in dict(self.choices()) else _("“%(label)s”: choose one.") % {"label": self.label}
        if isinstance(value, int) and self.least <= value <= self.most:
            return ""
        told = {"label": self.label, "least": self.least, "most": self.most}
        return _("“%(label)s”: a whole number from %(least)d to %(most)d.") % told


def read_all(fields: tuple[Field, ...], data: Mapping[str, Any]) -> dict[str, Any]:
    """The values of these fields; a missing one is as it begins."""
    return {one.name: one.read(data.get(one.name, one.start)) for one in fields}
