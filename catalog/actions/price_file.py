"""Prices from a file: one row an article, set or changed, with a report for each row. Bad rows do not stop others."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.actions import price_updates
from catalog.actions.pricing import Cause
from catalog.actions.rows_of_files import LARGEST, NotAFile, lines_of
from catalog.models import PriceChange
from catalog.money import format_minor
from catalog.queries.codes import by_code

__all__ = ["LARGEST", "NotAFile", "Row", "run"]
Mode = price_updates.Mode
# Rows whose lists are written together, in one transaction.
BATCH = 200
# Our own words for the columns, and what other systems call them.
COLUMNS = {
    "code": ("sku", "barcode", "code", "variant sku"),
    "price": ("price", "amount", "variant price"),
    "delta": ("delta", "change"),
    "currency": ("currency",),
    "key": ("key", "idempotency key"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """What came of a line of the file: `fault` is empty when it was done, or needed nothing. Prices are written out."""

    number: int
    code: str
    before: str = ""
    after: str = ""
    fault: str = ""
    is_repeated: bool = False
    changed: int | None = None


def run(content: bytes, document: str, actor: str = "") -> list[Row]:
    """Do what the file says. Raises NotAFile before anything is done.

    A row has a price, which is set, or a delta: an amount, or a percentage such as -5%. A delta without a key gets
    one from the document, the file and its place in it: the same file under the same document changes nothing a
    second time. The document stands in the price history.
    """
    lines = lines_of(content, COLUMNS, ("code",), _("The first line must name the columns: sku, and price or delta."))
    if lines and not {"price", "delta"} & lines[0].keys():
        raise NotAFile(_("The first line must name the columns: sku, and price or delta."))
    mark = f"{document}:{hashlib.sha256(content).hexdigest()[:24]}"
    cause = Cause(PriceChange.Reason.IMPORTED, actor, document)
    done: list[Row] = []
    for start in range(0, len(lines), BATCH):
        with transaction.atomic():
            rows = [_do(number, line, mark) for number, line in enumerate(lines[start : start + BATCH], start + 2)]
            price_updates.follow({row.changed for row in rows if row.changed}, cause)
        done += rows
    return done


def _do(number: int, line: dict[str, str], mark: str) -> Row:
    code = line["code"][:80]
    try:
        return _done(number, code, line, mark)
    except ValueError:
        fault = _("This is not a price, nor a change, that can be.")
    except price_updates.NoPrice:
        fault = _("It has no price in this currency yet: set one first.")
    except price_updates.NoList:
        fault = _("No price list for everybody is in this currency.")
    except price_updates.KeyMeantOther:
        fault = _("This key was used for another change.")
    return Row(number, code, fault=fault)


def _done(number: int, code: str, line: dict[str, str], mark: str) -> Row:
    found = by_code(code)
    if len(found) != 1:
        several = _("Several articles have this barcode.")
        return Row(number, code, fault=several if found else _("Nothing has this code."))
    price, delta = line.get("price", ""), line.get("delta", "")
    if bool(price) == bool(delta):
        return Row(number, code, fault=_("A row has either a price or a delta."))
    currency = (line.get("currency", "") or settings.SHOP_CURRENCY).upper()
    if not price_updates.is_currency(currency):
        return Row(number, code, fault=_("There is no such currency."))
    mode, amount = price_updates.read_amount(price or delta, Mode.SET if price else Mode.DELTA, currency)
    key = line.get("key", "") or (f"{mark}:{number}" if delta else "")
    if len(key) > 200:
        return Row(number, code, fault=_("The key has more than 200 characters."))
    done = price_updates.write(found[0], mode, amount, currency, key)
    words = [_written(each, currency) for each in (done.before, done.after)]
    changed = found[0].product_id if done.before != done.after else None
    return Row(number, code, *words, is_repeated=done.is_repeated, changed=changed)


def _written(price: int | None, currency: str) -> str:
    return "–" if price is None else format_minor(price, currency, get_language() or "en")
