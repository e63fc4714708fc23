"""A table as lines with a number and named cells, one at a time, whether it came as CSV or as a workbook."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalog.actions.importing import workbook
from catalog.actions.importing.decoding import Encoding, encoding_of, text_of
from catalog.actions.importing.faults import Unreadable
from catalog.actions.importing.formulas import bare

DELIMITERS = ",;\t|"
LONGEST_CELL = 512 * 1024
Row = tuple[int, list[str]]


def name_of(column: str) -> str:
    """The name of a column without the differences that spreadsheets make."""
    return " ".join(column.split()).casefold()


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read. `tab` is the sheet of a workbook, the first one unless told.

    Without a header the columns are called column 1, column 2 and so on.
    """

    has_header: bool = True
    tab: str = ""
    decimal: str = "."


class Line(NamedTuple):
    """One record; `number` is the line of the file on which it begins, as an editor counts.

    `cells` are those that say something, `columns` all that the file has.
    """

    number: int
    cells: dict[str, str]
    columns: frozenset[str]
    has_too_many: bool = False

    def get(self, column: str) -> str:
        """The cell without white space around it; empty when there is no such column."""
        return self.cells.get(column, "")


class Sheet:
    """The file: its columns, known at once, and its lines. Raises Unreadable."""

    def __init__(self, path: Path, reading: Reading | None = None) -> None:
        reading = reading or Reading()
        #: The number of the line read last, and how many there were.
        self.number = self.count = 0
        self.delimiter = ""
        if workbook.is_workbook(path):
            self.encoding = Encoding("xlsx")
            rows = workbook.rows(path, reading.tab, reading.decimal)
        else:
            self.encoding = encoding_of(path)
            rows = self._csv(path)
        first = next(rows, None)
        if first is None:
            raise Unreadable(_("The file is empty."))
        #: The columns as they are written.
        self.titles = [bare(cell.strip()) for cell in first[1]]
        self.rows = rows
        if not reading.has_header:
            self.titles = [_("column %(number)d") % {"number": number} for number in range(1, len(first[1]) + 1)]
            self.rows = chain([first], rows)
            self.columns = [f"column {number}" for number in range(1, len(first[1]) + 1)]
        else:
            self.columns = [name_of(title) for title in self.titles]
        if not any(self.columns):
            raise Unreadable(_("The file is empty."))

    def _csv(self, path: Path) -> Iterator[Row]:
        """The records that are not empty."""
        csv.field_size_limit(LONGEST_CELL)
        text = text_of(path, self.encoding)
        first = next(text, "")
        skipped = 0
        while first and not first.strip():
            first, skipped = next(text, ""), skipped + 1
        self.delimiter = max(DELIMITERS, key=first.count)
        reader = csv.reader(chain([first], text), delimiter=self.delimiter)
        while True:
            number = reader.line_num + 1 + skipped
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                raise Unreadable(
                    _("From line %(line)d on the file cannot be read; perhaps a quotation mark is not closed.")
                    % {"line": number}
                ) from None
            if any(cells):
                yield number, cells

    def __iter__(self) -> Iterator[Line]:
        # Of columns that are called the same, the first counts.
        names = [name if name not in self.columns[:place] else None for place, name in enumerate(self.columns)]
        width, columns = len(names), frozenset(self.columns)
        for number, raw in self.rows:
            # Most cells of most tables are empty.
            cells = {
                name: bare(text)
                for name, cell in zip(names, raw, strict=False)
                if cell and name is not None and (text := cell.strip())
            }
            too_many = len(raw) > width and any(cell.strip() for cell in raw[width:])
            if cells or too_many or any(cell.strip() for cell in raw):
                self.number, self.count = number, self.count + 1
                yield Line(number, cells, columns, too_many)
