"""What an import says of each line, and the sums."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from catalog.actions.importing.formulas import safe

NEW, CHANGED, SAME, WRONG, WARNING = "new", "changed", "same", "wrong", "warning"
VERDICTS = (NEW, CHANGED, SAME, WRONG)
# Of an import that is undone.
RESTORED, REMOVED, ARCHIVED, LEFT = "restored", "removed", "archived", "left"
UNDONE = (RESTORED, REMOVED, ARCHIVED, LEFT)
COLUMNS = ("line", "result", "key", "name", "details")


@dataclass(slots=True)
class Row:
    """What became of the line, or of the product that begins there."""

    line: int
    verdict: str
    key: str = ""
    name: str = ""
    details: list[str] = field(default_factory=list)
    # What changes, from what, to what; in words.
    changes: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Sums:
    """How many lines the file has, and how many products of each verdict."""

    lines: int = 0
    counts: Counter = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def add(self, row: Row) -> Row:
        self.counts[row.verdict] += 1
        return row

    def __str__(self) -> str:
        if any(self.counts[name] for name in UNDONE):
            parts = (f"{label(name)}: {number_format(self.counts[name], force_grouping=True)}" for name in UNDONE)
            return ", ".join(parts)
        words = {
            "lines": number_format(self.lines, use_l10n=True, force_grouping=True),
            **{name: number_format(self.counts[name], force_grouping=True) for name in (*VERDICTS, WARNING)},
        }
        text = _("%(lines)s rows: %(new)s new, %(changed)s changed, %(same)s same, %(wrong)s refused") % words
        missing = _("%(warning)s pictures missing") % words
        return f"{text}, {missing}" if self.counts[WARNING] else text

    def as_data(self) -> dict:
        return {"lines": self.lines, "counts": dict(self.counts), "notes": self.notes, "text": str(self)}


def cells_of(row: Row) -> list[str]:
    """The row for a CSV report, safe to be opened in a spreadsheet."""
    data = asdict(row)
    return [safe(cell) for cell in (row.line, label(row.verdict), data["key"], data["name"], " · ".join(said(row)))]


def said(row: Row) -> list[str]:
    """Everything the row says, a change as “price: 5 → 6”."""
    changes = [f"{what}: {before} → {after}" if before or after else what for what, before, after in row.changes]
    return [*changes, *row.details]


def table(rows: Iterable[Row]) -> Iterator[list[str]]:
    """The report with its head."""
    yield list(COLUMNS)
    for row in rows:
        yield cells_of(row)


def label(verdict: str) -> str:
    """The verdict in words."""
    return {
        NEW: _("new"),
        CHANGED: _("changed"),
        SAME: _("same"),
        WRONG: _("refused"),
        WARNING: _("picture missing"),
        RESTORED: _("put back"),
        REMOVED: _("taken away"),
        ARCHIVED: _("archived"),
        LEFT: _("left as it is"),
    }[verdict]
