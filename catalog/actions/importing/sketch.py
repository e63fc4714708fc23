"""A first look at a file: its columns, what stands in them, and whether the first line names them."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from catalog.actions.importing import workbook
from catalog.actions.importing.faults import Unreadable
from catalog.actions.importing.lines import Reading, Sheet

SAMPLES = 5
READ = 40
SHOWN = 80
_COMMA = re.compile(r"\d+,\d{1,2}|\d{1,3}(?:[.\s]\d{3})+,\d{1,2}")
_POINT = re.compile(r"\d+\.\d{1,2}|\d{1,3}(?:[,\s]\d{3})+\.\d{1,2}")
_VALUE = re.compile(r"\W*\d[\d\s.,:/-]*\W*|https?://.*|(true|false)", re.IGNORECASE)


@dataclass(slots=True)
class Sketch:
    """What a person must see to say which column is what. `samples` are a few different cells of each column."""

    titles: list[str]
    columns: list[str]
    samples: list[list[str]]
    rows: list[list[str]]
    has_header: bool
    encoding: str
    delimiter: str = ""
    tabs: list[str] = field(default_factory=list)
    tab: str = ""


def sketch(path: Path, has_header: bool | None = None, tab: str = "") -> Sketch:
    """Look at the beginning of the file; guess whether it has a header unless told. Raises Unreadable."""
    tabs = workbook.tabs(path) if workbook.is_workbook(path) else []
    tab = tab if tab in tabs else ""
    if has_header is None:
        first = next(iter(Sheet(path, Reading(has_header=False, tab=tab))), None)
        has_header = names_columns(list(first.cells.values()) if first else [])
    sheet = Sheet(path, Reading(has_header, tab))
    rows: list[list[str]] = []
    with suppress(Unreadable):  # a look at the whole file will tell where it breaks
        for line in islice(sheet, READ):
            rows.append([line.get(column) for column in sheet.columns])
    return Sketch(
        titles=[title[:SHOWN] for title in sheet.titles],
        columns=sheet.columns,
        samples=[_different([row[place] for row in rows]) for place in range(len(sheet.columns))],
        rows=rows,
        has_header=has_header,
        encoding=sheet.encoding.name,
        delimiter=sheet.delimiter,
        tabs=tabs,
        tab=tab,
    )


def names_columns(cells: list[str]) -> bool:
    """Whether these are names of columns and not goods: short, different, no numbers and no addresses."""
    filled = [cell for cell in cells if cell]
    if not filled or len({cell.casefold() for cell in filled}) < len(filled):
        return False
    return not any(len(cell) > SHOWN or _VALUE.fullmatch(cell) for cell in filled)


def decimal_of(rows: list[list[str]]) -> str:
    """The sign that most numbers of these rows have before their decimals; a point when none has any."""
    cells = [cell.strip() for row in rows for cell in row]
    commas, points = (sum(1 for cell in cells if sign.fullmatch(cell)) for sign in (_COMMA, _POINT))
    return "," if commas > points else "."


def _different(cells: list[str]) -> list[str]:
    found = list(dict.fromkeys(cell for cell in cells if cell))
    return [cell if len(cell) <= SHOWN else cell[: SHOWN - 1] + "…" for cell in found[:SAMPLES]]
