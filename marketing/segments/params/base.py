"""What all of them have in common."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Option = tuple[str, str]
LONGEST = 80


class Posted(Protocol):
    """A form that was sent: Django's QueryDict, or whatever answers alike."""

    def get(self, key: str, default: str = "") -> str: ...
    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Box:
    """One thing to fill in, as the page draws it. `kind`: select, ticks, number, words, amount, date or find."""

    name: str
    label: str
    kind: str
    value: Any = ""
    options: Sequence[Option] = field(default_factory=tuple)
    # Drawn only where another box of the same condition says so: {"when": "within"}; the script follows it.
    only: str = ""


@dataclass(frozen=True, slots=True)
class Param:
    """A value of a condition under its `name`. Values are plain JSON; a draft may hold what was typed instead."""

    name: str
    label: Any

    def first(self) -> Any:
        """What stands in a new condition."""
        return None

    def typed(self, posted: Posted, at: str) -> Any:
        """The value in a form that was sent; as typed where it makes no sense."""
        raise NotImplementedError

    def boxes(self, value: Any, at: str) -> list[Box]:
        raise NotImplementedError

    def fault(self, value: Any) -> str:
        """Why this is no value, in a sentence; empty when it is one."""
        raise NotImplementedError

    def is_sound(self, value: Any) -> bool:
        """Whether a stored value can be worked with, though what it names may be gone by now."""
        return not self.fault(value)

    def tidy(self, value: Any) -> Any:
        """What is kept of a value without fault."""
        return value

    def words(self, value: Any) -> str:
        """The value in a sentence; empty where it says nothing."""
        raise NotImplementedError


def whole(text: str) -> int | str:
    """The number that was typed; the text itself when it is none."""
    text = text.strip()[:LONGEST]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 13 else text


def is_whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
