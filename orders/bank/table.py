"""From the bytes of a statement to its headings and rows, and which column is probably what."""

import csv
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

LARGEST = 5_000_000
MOST_ROWS = 20_000
LONGEST_CELL = 128 * 1024
MOST_COLUMNS = 60
# Some banks write their name, the account and a date above the headings.
PREAMBLE = 25
ROLES = ("date", "amount", "text", "payer", "currency")
NEEDED = ("date", "amount", "text")
# What banks call them, in small letters; the first that fits wins.
NAMES = {
    "date": (
        "date", "booking date", "value date", "completed date", "fecha", "fecha operación", "fecha operacion",
        "f. operativa", "fecha valor", "buchungstag", "buchungsdatum", "дата", "дата операции",
    ),
    "amount": (
        "amount", "credit", "paid in", "importe", "importe (eur)", "abono", "haber", "betrag", "сумма", "приход",
    ),
    "text": (
        "text", "reference", "description", "details", "memo", "concepto", "concepto ampliado", "observaciones",
        "movimiento", "referencia", "verwendungszweck", "назначение платежа", "назначение", "описание",
    ),
    "payer": (
        "payer", "name", "counterparty", "sender", "ordenante", "remitente", "beneficiario", "nombre",
        "auftraggeber", "плательщик", "контрагент",
    ),
    "currency": ("currency", "divisa", "moneda", "währung", "валюта"),
}  # fmt: skip


class Unreadable(Exception):
    """It cannot be read as a table; the message says why, in words for people."""


@dataclass(frozen=True, slots=True)
class Table:
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def text_of(content: bytes) -> str:
    """The text of a file. Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than 5 MB. Send it in parts."))
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise Unreadable(_("This is a spreadsheet or a PDF. Save the statement as CSV and send that."))
    if b"\0" in content:
        raise Unreadable(_("This is not a table of text."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # As most banks of Western Europe still write; every byte means something in it.
        return content.decode("cp1252", "replace")


def read(text: str) -> Table:
    """Headings and rows; what stands above the headings is left out. Raises Unreadable."""
    try:
        rows = [tuple(map(_cell, row[:MOST_COLUMNS])) for row in _rows(text)]
    except csv.Error:
        raise Unreadable(_("The file cannot be read as a table.")) from None
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("The file has more than 20,000 rows. Send it in parts."))
    start = max(range(min(PREAMBLE, len(rows))), key=lambda at: (len(guess(rows[at])), -at), default=None)
    if start is None or sum(map(bool, rows[start])) < 2:
        raise Unreadable(_("There is no table in this file."))
    if not guess(rows[start]):
        start = next(at for at, row in enumerate(rows) if sum(map(bool, row)) >= 2)
    if len(rows) == start + 1:
        raise Unreadable(_("The file has headings and no rows."))
    return Table(rows[start], tuple(rows[start + 1 :]))


def guess(headings: tuple[str, ...]) -> dict[str, int]:
    """The columns whose headings banks use for something we need."""
    plain = [heading.casefold() for heading in headings]
    found = {}
    for role, names in NAMES.items():
        at = next((plain.index(name) for name in names if name in plain), None)
        if at is not None:
            found[role] = at
    return found


def _rows(text: str):
    # One limit for the whole process: whoever reads a table sets his own.
    csv.field_size_limit(LONGEST_CELL)
    head = text[:4000]
    mark = max(";,\t", key=head.count)
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark)):
        if number > MOST_ROWS + PREAMBLE:
            raise Unreadable(_("The file has more than 20,000 rows. Send it in parts."))
        if any(cell.strip() for cell in row):
            yield row


def _cell(cell: str) -> str:
    return " ".join(cell.split())[:400]
