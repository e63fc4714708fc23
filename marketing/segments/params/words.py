"""A few letters that somebody typed."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from marketing.segments.params.base import LONGEST, Box, Param, Posted


@dataclass(frozen=True, slots=True)
class Words(Param):
    """Text of at most eighty letters."""

    optional: bool = False

    def first(self) -> str:
        return ""

    def typed(self, posted: Posted, at: str) -> str:
        return posted.get(f"{at}-{self.name}", "").replace("\0", "").strip()[:LONGEST]

    def boxes(self, value: Any, at: str) -> list[Box]:
        return [Box(f"{at}-{self.name}", str(self.label), "words", value or "")]

    def fault(self, value: Any) -> str:
        if isinstance(value, str) and len(value) <= LONGEST and "\0" not in value and (value or self.optional):
            return ""
        return _("“%(label)s”: type a word.") % {"label": self.label}

    def words(self, value: Any) -> str:
        return f"“{value}”" if value else ""


def spellings(text: str) -> list[str]:
    """How it may be written: databases do not agree on what a small letter is, so each is looked for as it stands."""
    return sorted({text, text.lower(), text.upper(), text.capitalize(), text.title()})
