"""From the bytes of a list to its headings and rows, and which column is probably what."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

LARGEST, MOST_ROWS = 20_000_000, 80_000
LONGEST_CELL, MOST_COLUMNS = 64 * 1024, 80
# What carriers call them, in small letters; the first that fits wins.
NAMES = {
    "code": ("code", "id", "point id", "pointid", "pudo", "pudo id", "código", "codigo", "unidad", "код", "номер"),
    "name": ("name", "title", "point name", "nombre", "nombre unidad", "denominación", "название", "имя"),
    "line1": ("address", "street", "line1", "address1", "dirección", "direccion", "calle", "адрес", "улица"),
    "postcode": ("postcode", "zip", "zipcode", "postal code", "zip code", "cp", "código postal", "codigo postal",
                 "индекс", "почтовый индекс"),
    "city": ("city", "town", "locality", "ciudad", "población", "poblacion", "localidad", "город"),
    "country": ("country", "country code", "país", "pais", "страна"),
    "latitude": ("latitude", "lat", "latitud", "широта"),
    "longitude": ("longitude", "lon", "lng", "long", "longitud", "долгота"),
    "hours": ("hours", "opening hours", "openinghours", "horario", "часы работы", "режим работы"),
}  # fmt: skip


class Unreadable(Exception):
    """It cannot be read as a table; the message says why, in words for people."""


@dataclass(frozen=True, slots=True)
class Table:
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read(content: bytes) -> str:
    """The text of a file. Raises Unreadable where it is none."""
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than 20 MB."))
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise Unreadable(_("This is a spreadsheet or a PDF. Save the list as CSV and send that."))
    if b"\0" in content:
        raise Unreadable(_("This is not a table of text."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def table_of(text: str) -> Table:
    """Headings and rows. Raises Unreadable."""
    try:
        rows = list(_rows(text))
    except csv.Error:
        raise Unreadable(_("The file cannot be read as a table.")) from None
    if not rows or sum(map(bool, rows[0])) < 3:
        raise Unreadable(_("There is no table in this file."))
    if len(rows) == 1:
        raise Unreadable(_("The file has headings and no rows."))
    return Table(rows[0], tuple(rows[1:]))


def guess(headings: tuple[str, ...]) -> dict[str, int]:
    """The columns whose headings carriers use for something we need."""
    plain = [heading.casefold().replace("_", " ") for heading in headings]
    found = {role: next((plain.index(name) for name in names if name in plain), None) for role, names in NAMES.items()}
    return {role: at for role, at in found.items() if at is not None}


def _rows(text: str) -> Iterator[tuple[str, ...]]:
    # One limit for the whole process: whoever reads a table sets his own.
    csv.field_size_limit(LONGEST_CELL)
    mark = max(";,\t|", key=text[:4000].splitlines()[0].count) if text.strip() else ","
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark)):
        if number > MOST_ROWS:
            raise Unreadable(_("The file has more than 80,000 rows. Send it in parts, each for its countries."))
        if any(cell.strip() for cell in row):
            yield tuple(" ".join(cell.split())[:400] for cell in row[:MOST_COLUMNS])
