"""XLSX workbooks as rows of text. Read row by row; what would not fit into memory is refused before it is unpacked."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from catalog.actions.importing.decoding import MAX_BYTES
from catalog.actions.importing.faults import Unreadable

# Words of all cells lie in one part of the package, which openpyxl holds in memory whole.
MAX_WORDS = 64 * 1024 * 1024
MAX_PARTS = 2000
MAX_COLUMNS = 300
MAX_ROWS = 500_000
# As wide as the format allows a sheet to be.
WIDEST_ROW = 16_384
# A part this small holds no row that does harm; others are searched piece by piece.
SHORT_PART, CHUNK = 256 * 1024, 1024 * 1024
_CELL, _ROW_ENDS = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]"), re.compile(rb"</(?:[\w.-]+:)?row\s*>")
# So many rows without a cell end a sheet: some programs say that every sheet has a million rows.
MAX_EMPTY = 1000
_ODD = (KeyError, ValueError, AttributeError, TypeError, IndexError)  # what openpyxl meets in broken packages
# Every parser of XML that openpyxl may find on a machine derives what it raises from SyntaxError.
BROKEN = (zipfile.BadZipFile, OSError, EOFError, SyntaxError, *_ODD)


def is_workbook(path: Path) -> bool:
    """Whether it is an XLSX package, by what it contains and not by its name."""
    with path.open("rb") as file:
        if file.read(4) != b"PK\x03\x04":
            return False
    try:
        with zipfile.ZipFile(path) as package:
            return "xl/workbook.xml" in package.namelist()
    except BROKEN:
        return False


def tabs(path: Path) -> list[str]:
    """The names of its sheets. Raises Unreadable."""
    with _opened(path) as book:
        return [sheet.title for sheet in book.worksheets]


def rows(path: Path, tab: str = "", decimal: str = ".") -> Iterator[tuple[int, list[str]]]:
    """The number of each row that is not empty, and its cells, of the sheet of that name or else the first one.

    Numbers are written with that sign before the decimals. Raises Unreadable.
    """
    with _opened(path) as book:
        sheet = next((sheet for sheet in book.worksheets if sheet.title == tab), None) or book.worksheets[0]
        empty = 0
        for number, row in enumerate(_values(sheet), 1):
            cells = [_text(value, decimal) for value in row]
            # Every row comes as wide as a sheet may be.
            while cells and not cells[-1]:
                cells.pop()
            empty = 0 if cells else empty + 1
            if empty > MAX_EMPTY:
                return
            if number > MAX_ROWS:
                raise Unreadable(_("The sheet has more than 500,000 rows. Please send it as CSV."))
            if not empty:
                yield number, cells


def _values(sheet) -> Iterator[tuple]:
    try:
        yield from sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)
    except BROKEN:
        raise Unreadable(_("The workbook is damaged; it cannot be read further.")) from None


@contextmanager
def _opened(path: Path):
    """The workbook, open; by its content, because a file that was sent has a name of ours."""
    from openpyxl import load_workbook  # slow to load, and most files are CSV

    with path.open("rb") as file:
        try:
            _refuse_bombs(path)
            _refuse_long_rows(path)
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except BROKEN:
            raise Unreadable(_("The workbook is damaged; it cannot be opened.")) from None
        try:
            if not book.worksheets:
                raise Unreadable(_("The workbook has no sheet."))
            yield book
        finally:
            book.close()


def _refuse_bombs(path: Path) -> None:
    """By the sizes that the package states, which is also all that is ever unpacked of each part."""
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
    words = sum(part.file_size for part in parts if "sharedStrings" in part.filename or "styles" in part.filename)
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_BYTES or words > MAX_WORDS:
        raise Unreadable(_("The workbook is too large when it is unpacked. Please send it as CSV."))


def _refuse_long_rows(path: Path) -> None:
    """A row is read whole before its cells are counted; one of millions would fill the memory."""
    with zipfile.ZipFile(path) as package:
        for part in package.infolist():
            if part.file_size > SHORT_PART and part.filename.endswith(".xml") and "sharedStrings" not in part.filename:
                with package.open(part) as file:
                    _refuse_long_row(file)


def _refuse_long_row(file: IO[bytes]) -> None:
    cells, rest = 0, b""
    while chunk := file.read(CHUNK):
        # What may be cut in two waits for the next piece.
        end = chunk.rfind(b"<") if len(chunk) == CHUNK else len(chunk)
        text, rest = rest + chunk[:end], chunk[end:]
        first, *others = _ROW_ENDS.split(text)
        _refuse_cells(cells := cells + len(_CELL.findall(first)))
        if others:
            # The shortest cell has four signs; most rows need not be counted.
            for row in (row for row in others if len(row) > 4 * WIDEST_ROW):
                _refuse_cells(len(_CELL.findall(row)))
            cells = len(_CELL.findall(others[-1]))


def _refuse_cells(number: int) -> None:
    if number > WIDEST_ROW:
        raise Unreadable(_("A row of the sheet has more than 16,384 cells, which no spreadsheet can show."))


def _text(value: object, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\0", "").strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        # A barcode is a whole number that a spreadsheet keeps as 4.006381333931e12.
        value = int(value) if value.is_integer() and abs(value) < 1e15 else Decimal(repr(value))
        return format(value, "f").replace(".", decimal) if isinstance(value, Decimal) else str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)
