"""Stock from a file: one row an article, set or changed, with a report for each row. Read row by row; bad rows do not
stop the others, and each row is its own transaction."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.actions import stock, stock_updates
from catalog.actions.rows_of_files import LARGEST, NotAFile, lines_of
from catalog.models import Location
from catalog.queries.codes import by_code

Mode = stock_updates.Mode
__all__ = ["LARGEST", "NotAFile", "Row", "run"]
# Our own words for the columns, and what other systems call them.
COLUMNS = {
    "code": ("sku", "barcode", "code", "variant sku"),
    "location": ("location", "place"),
    "mode": ("mode",),
    "quantity": ("quantity", "stock", "on hand", "available", "variant inventory qty"),
    "key": ("key", "idempotency key"),
}


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
    refusal = _("The first line must name the columns: sku (or barcode) and quantity.")
    lines = lines_of(content, COLUMNS, ("code", "quantity"), refusal)
    places = {place.name.casefold(): place for place in Location.objects.all()}
    mark = hashlib.sha256(content).hexdigest()[:24]
    return [
        _do(number, line, mode, places, f"{document}:{mark}:{number}", document, actor)
        for number, line in enumerate(lines, 2)
    ]


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
