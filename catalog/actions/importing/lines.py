"""A CSV file as lines with a number and named cells, one at a time."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from catalog.actions.importing.decoding import encoding_of, text_of
from catalog.actions.importing.faults import Unreadable

DELIMITERS = ",;\t|"
LONGEST_CELL = 512 * 1024


def name_of(column: str) -> str:
    """The name of a column without the differences that spreadsheets make."""
    return " ".join(column.split()).casefold()


@dataclass(frozen=True, slots=True)
class Line:
    """One record; `number` is the line of the file on which it begins, as an editor counts."""

    number: int
    cells: dict[str, str]
    has_too_many: bool = False

    def get(self, column: str) -> str:
        """The cell without white space around it; empty when there is no such column."""
        return self.cells.get(column, "")


class Sheet:
    """The file: its columns, known at once, and its lines. Raises Unreadable."""

    def __init__(self, path: Path) -> None:
        #: The number of the line read last, and how many there were.
        self.number = self.count = 0
        self.encoding = encoding_of(path)
        csv.field_size_limit(LONGEST_CELL)
        text = text_of(path, self.encoding)
        first = next(text, "")
        while first and not first.strip():
            first = next(text, "")
        delimiter = max(DELIMITERS, key=first.count)
        self._reader = csv.reader(_again(first, text), delimiter=delimiter)
        try:
            self.columns = [name_of(column) for column in next(self._reader, [])]
        except csv.Error:
            raise Unreadable(_("The first line does not name columns. Is this a CSV file?")) from None
        if not any(self.columns):
            raise Unreadable(_("The file is empty."))

    def __iter__(self) -> Iterator[Line]:
        while True:
            number = self._reader.line_num + 1
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error:
                raise Unreadable(
                    _("From line %(line)d on the file cannot be read; perhaps a quotation mark is not closed.")
                    % {"line": number}
                ) from None
            cells = [cell.strip() for cell in cells]
            if any(cells):
                named: dict[str, str] = {}
                for column, cell in zip(self.columns, cells, strict=False):
                    named.setdefault(column, cell)
                self.number, self.count = number, self.count + 1
                yield Line(number, named, has_too_many=any(cells[len(self.columns) :]))


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest
