"""Small tables that people and other systems send us as CSV: their rows, under our own names of the columns."""

import csv
import io
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

LARGEST = 5_000_000
MOST_ROWS = 50_000


class NotAFile(Exception):
    """It cannot be read as a table; the message says why, in words for people."""


def lines_of(
    content: bytes, columns: Mapping[str, Sequence[str]], needed: Sequence[str] = (), refusal: str = ""
) -> list[dict[str, str]]:
    """The rows as our name of a column -> its text; `columns` says what a column may be called, in small letters.

    Columns that the file does not have are left out, and empty rows. Raises NotAFile, with `refusal` when a needed
    column is missing.
    """
    try:
        rows = csv.reader(io.StringIO(_text(content), newline=""), delimiter=_mark(content))
        names = [name.strip().casefold() for name in next(rows, [])]
        where = {ours: names.index(name) for ours, known in columns.items() for name in known if name in names}
        if not set(needed) <= where.keys():
            raise NotAFile(refusal)
        found = []
        for cells in rows:
            if len(found) >= MOST_ROWS:
                raise NotAFile(_("The file has more than 50,000 rows. Send it in parts."))
            if any(cell.strip() for cell in cells):
                found.append({ours: cells[at].strip() if at < len(cells) else "" for ours, at in where.items()})
    except csv.Error:
        raise NotAFile(_("The file cannot be read as a table.")) from None
    return found


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise NotAFile(_("The file is larger than 5 MB. Send it in parts."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAFile(_("The file is not a table in UTF-8. Save it as “CSV UTF-8”.")) from None
    if "\x00" in text:
        raise NotAFile(_("This is not a table of text."))
    return text


def _mark(content: bytes) -> str:
    head = content.split(b"\n", 1)[0].decode("utf-8", "replace")
    return max(",;\t", key=head.count)
