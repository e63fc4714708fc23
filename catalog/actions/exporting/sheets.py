"""Tables written row by row, as CSV or as a workbook, with nothing in them that a spreadsheet would run."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from catalog.actions.importing.formulas import safe

# A cell of a workbook holds no more; a longer text is left out, and an import takes an empty cell for no change.
MOST = 32_767


class Writer(Protocol):
    def writerow(self, cells: list) -> None: ...


class _Csv:
    def __init__(self, file) -> None:
        self._table = csv.writer(file)

    def writerow(self, cells: list) -> None:
        self._table.writerow([safe(cell) if isinstance(cell, str) else cell for cell in cells])


class _Book:
    def __init__(self) -> None:
        from openpyxl import Workbook
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        self.book = Workbook(write_only=True)
        self._sheet = self.book.create_sheet("Products")
        self._illegal = ILLEGAL_CHARACTERS_RE

    def writerow(self, cells: list) -> None:
        self._sheet.append([self._cell(cell) for cell in cells])

    def _cell(self, cell):
        if isinstance(cell, int | Decimal):
            return cell
        text = safe(self._illegal.sub("", cell))
        return text if 0 < len(text) <= MOST else None


@contextmanager
def opened(path: Path, is_book: bool) -> Iterator[Writer]:
    """A table that lies at the path when the block is left."""
    if is_book:
        table = _Book()
        yield table
        table.book.save(path)
        return
    # With a mark, so that spreadsheets know that it is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        yield _Csv(file)
