"""Stock from a file: one row an article, set or changed, with a report for each row. Read row by row; bad rows do not
stop the others, and each row is its own transaction."""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.actions import stock, stock_updates
from catalog.models import Location
from catalog.queries.codes import by_code

LARGEST = 5_000_000
MOST_ROWS = 50_000
Mode = stock_updates.Mode
# Our own words for the columns, and what other systems call them.
COLUMNS = {
    "code": ("sku", "barcode", "code", "variant sku"),
    "location": ("location", "place"),
    "mode": ("mode",),
    "quantity": ("quantity", "stock", "on hand", "available", "variant inventory qty"),
    "key": ("key", "idempotency key"),
}


class NotAFile(Exception):
    """It cannot be read as a table; the message says why, in words for people."""


@dataclass(frozen=True, slots=True)
class Row:
    """What came of a line of the file: `fault` is empty when it was done, or needed nothing."""

    number: int
    code: str
    before: int | None = None
    after: int | None = None
    fault: str = ""
    is_repeated: bool = False


def run(content: bytes, mode: str, document: str, actor: str = "") -> list[Row]:
    """Do what the file says; `mode` is meant where a row says none. Raises NotAFile before anything is done.

    A changing row without a key gets one from the document, the file and its place in it: the same file under the
    same document changes nothing a second time.
    """
    lines = list(_lines(content))
    places = {place.name.casefold(): place for place in Location.objects.all()}
    mark = hashlib.sha256(content).hexdigest()[:24]
    return [
        _do(number, line, mode, places, f"{document}:{mark}:{number}", document, actor)
        for number, line in enumerate(lines, 2)
    ]


def _lines(content: bytes) -> Iterator[dict[str, str]]:
    if len(content) > LARGEST:
        raise NotAFile(_("The file is larger than 5 MB. Send it in parts."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAFile(_("The file is not a table in UTF-8. Save it as “CSV UTF-8”.")) from None
    if "\x00" in text:
        raise NotAFile(_("This is not a table of text."))
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        names = [name.strip().casefold() for name in next(rows, [])]
        where = {ours: names.index(name) for ours, known in COLUMNS.items() for name in known if name in names}
        if not {"code", "quantity"} <= where.keys():
            raise NotAFile(_("The first line must name the columns: sku (or barcode) and quantity."))
        for number, cells in enumerate(rows):
            if number >= MOST_ROWS:
                raise NotAFile(_("The file has more than 50,000 rows. Send it in parts."))
            if any(cell.strip() for cell in cells):
                yield {ours: cells[at].strip() if at < len(cells) else "" for ours, at in where.items()}
    except csv.Error:
        raise NotAFile(_("The file cannot be read as a table.")) from None


def _do(number: int, line: dict[str, str], mode: str, places, own_key: str, document: str, actor: str) -> Row:
    code = line["code"][:80]
    try:
        found = by_code(code)
        if len(found) != 1:
            several = _("Several articles have this barcode.")
            return Row(number, code, fault=several if found else _("Nothing has this code."))
        place = places.get(line.get("location", "").casefold())
        if line.get("location") and place is None:
            return Row(number, code, fault=_("No place is called so."))
        mode = line.get("mode", "").casefold() or mode
        if mode not in Mode.values:
            return Row(number, code, fault=_("The mode is set or delta."))
        key = line.get("key", "") or (own_key if mode == Mode.DELTA else "")
        if len(key) > 200:
            return Row(number, code, fault=_("The key has more than 200 characters."))
        quantity = _number(line["quantity"])
        words = {"location": place, "key": key, "document": document, "actor": actor}
        done = stock_updates.apply(found[0], mode, quantity, **words)
    except ValueError:
        return Row(number, code, fault=_("The quantity is not a whole number that can be."))
    except stock.HeldForOrders as held:
        return Row(number, code, fault=_("%(held)d pieces are held for orders.") % {"held": held.reserved})
    except stock_updates.KeyMeantOther:
        return Row(number, code, fault=_("This key was used for another change."))
    return Row(number, code, done.before, done.after, is_repeated=done.is_repeated)


def _number(text: str) -> int:
    """A whole number; spreadsheets like to write 12.0. Raises ValueError."""
    text = text.removesuffix(".0").removesuffix(",0").replace("\N{MINUS SIGN}", "-")
    if not text.removeprefix("-").removeprefix("+").isdecimal() or len(text) > 12:
        raise ValueError(text)
    return int(text)
