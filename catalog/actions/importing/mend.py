"""The refused lines of a file as a file of their own, with the reason beside each, to be mended and sent again."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from catalog.actions.importing.formulas import safe
from catalog.actions.importing.lines import Reading, Sheet
from catalog.actions.importing.report import WRONG, Row

# Lines of a product belong together: without the first one the others have no name.
TOGETHER = ("handle", "url handle", "product")


def table(path: Path, reading: Reading, wrong: Iterable[Row]) -> Iterator[list[str]]:
    """The header and the refused lines, the reason in a last column; lines of the same product come along."""
    reasons: dict[int, str] = {}
    keys: set[str] = set()
    for row in wrong:
        if row.verdict == WRONG:
            reasons[row.line] = " ".join(row.details)
            keys.add(row.key)
    sheet = Sheet(path, reading)
    key = next((name for name in TOGETHER if name in sheet.columns), None)
    if reading.has_header:
        yield [*map(safe, sheet.titles), _("what is wrong")]
    for line in sheet:
        if line.number in reasons or (key and line.get(key)[:80] in keys):
            yield [*(safe(line.get(column)) for column in sheet.columns), reasons.get(line.number, "")]
