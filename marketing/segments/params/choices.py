"""One of a list, or several of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from marketing.segments.params.base import LONGEST, Box, Option, Param, Posted

MOST_TICKS = 60


@dataclass(frozen=True, slots=True)
class Pick(Param):
    """One of `options`, told when they are needed."""

    options: Callable[[], list[Option]]
    optional: bool = False

    def first(self) -> str:
        told = self.options()
        return "" if self.optional or not told else told[0][0]

    def typed(self, posted: Posted, at: str) -> str:
        return posted.get(f"{at}-{self.name}", "")[:LONGEST]

    def boxes(self, value: Any, at: str) -> list[Box]:
        told = self.options()
        blank = [("", _("any"))] if self.optional else [] if told else [("", _("there is nothing to choose yet"))]
        return [Box(f"{at}-{self.name}", str(self.label), "select", value, [*blank, *told])]

    def fault(self, value: Any) -> str:
        if self.optional and value in ("", None):
            return ""
        known = isinstance(value, str) and any(value == code for code, _label in self.options())
        return "" if known else _("“%(label)s”: choose one.") % {"label": self.label}

    def is_sound(self, value: Any) -> bool:
        return isinstance(value, str) and len(value) <= LONGEST and (bool(value) or self.optional)

    def words(self, value: Any) -> str:
        return next((str(label) for code, label in self.options() if code == value), str(value or ""))


@dataclass(frozen=True, slots=True)
class Ticks(Param):
    """One or more of `options`: a sorted list of codes."""

    options: Callable[[], list[Option]]

    def first(self) -> list[str]:
        return []

    def typed(self, posted: Posted, at: str) -> list[str]:
        return sorted({value[:LONGEST] for value in posted.getlist(f"{at}-{self.name}")[:MOST_TICKS]})

    def boxes(self, value: Any, at: str) -> list[Box]:
        return [Box(f"{at}-{self.name}", str(self.label), "ticks", value or [], self.options())]

    def fault(self, value: Any) -> str:
        known = {code for code, _label in self.options()}
        if isinstance(value, list) and value and all(isinstance(code, str) and code in known for code in value):
            return ""
        return _("“%(label)s”: tick at least one.") % {"label": self.label}

    def is_sound(self, value: Any) -> bool:
        return isinstance(value, list) and 0 < len(value) <= MOST_TICKS and all(isinstance(one, str) for one in value)

    def words(self, value: Any) -> str:
        chosen = [str(label) for code, label in self.options() if code in (value or [])]
        return _(" or ").join(chosen)
