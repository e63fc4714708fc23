"""Prices of a list from a CSV file: sku, from_quantity, price."""

import csv
import io
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import ListPrice, PriceList, Variant
from catalog.money import Money

MOST_ROWS = 200_000
MOST = 10**12
BATCH = 1000


class Unreadable(Exception):
    """The file is not such a table; the text says why."""


@dataclass
class Report:
    """What came of it: `faults` are (line, SKU, sentence); `products` are those whose prices changed."""

    dry: bool
    new: int = 0
    changed: int = 0
    same: int = 0
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    products: set[int] = field(default_factory=set)

    @property
    def sentence(self) -> str:
        words = ngettext("%(number)d price was set.", "%(number)d prices were set.", self.new + self.changed)
        return words % {"number": self.new + self.changed}


def take_over(price_list: PriceList, raw: bytes, dry: bool = False) -> Report:
    """Set the prices that the file names; other rows stay. A faulty line is named and the rest goes on.

    With `dry` nothing is written. Raises Unreadable.
    """
    report = Report(dry)
    wanted = _wanted(_lines(raw), price_list.currency, report)
    variants = _variants({sku for sku, _ in wanted})
    keys = {}
    for (sku, step), (line, price) in wanted.items():
        if sku in variants:
            keys[variants[sku][0], step] = price, variants[sku][1]
        else:
            report.faults.append((line, sku, _("No variant has this SKU.")))
    _write(price_list, keys, report)
    report.faults.sort()
    return report


def _lines(raw: bytes) -> csv.DictReader:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(_("The file is not text in UTF-8. Save it as CSV UTF-8.")) from None
    if "\x00" in text:
        raise Unreadable(_("This is not a CSV file."))
    head = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=head.count))
    rows.fieldnames = [(name or "").strip().lower() for name in rows.fieldnames or []]
    if not {"sku", "price"} <= set(rows.fieldnames):
        raise Unreadable(_("The first line must name the columns sku and price."))
    return rows


def _wanted(rows: csv.DictReader, currency: str, report: Report) -> dict[tuple[str, int], tuple[int, int]]:
    """(SKU, from so many) to (line, price). Of two lines for the same the later one is named as a fault."""
    wanted: dict[tuple[str, int], tuple[int, int]] = {}
    try:
        for number, row in enumerate(rows, 2):
            if number > MOST_ROWS:
                raise Unreadable(_("The file has more than 200,000 lines."))
            sku = (row.get("sku") or "").strip()[:80]
            try:
                key = sku, _step(row.get("from_quantity"))
                price = _price(row.get("price"), currency)
            except ValueError as fault:
                report.faults.append((number, sku, str(fault)))
                continue
            if key in wanted:
                report.faults.append((number, sku, _("The file says this twice.")))
            else:
                wanted[key] = number, price
    except csv.Error:
        raise Unreadable(_("This is not a CSV file.")) from None
    return wanted


def _step(text: str | None) -> int:
    text = (text or "").strip() or "1"
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= 999 and len(text) < 9):
        raise ValueError(_("From how many pieces: a whole number from 1 to 999."))
    return int(text)


def _price(text: str | None, currency: str) -> int:
    bare = (text or "").strip().replace(" ", "").replace("\u00a0", "")
    if "." not in bare and bare.count(",") == 1:
        bare = bare.replace(",", ".")
    try:
        minor = Money.parse(bare, currency).minor
    except ValueError:
        minor = -1
    if not 0 <= minor <= MOST:
        raise ValueError(_("“%(text)s” is not a price in %(currency)s.") % {"text": bare[:40], "currency": currency})
    return minor


def _variants(skus: set[str]) -> dict[str, tuple[int, int]]:
    found, every = {}, sorted(skus)
    for start in range(0, len(every), BATCH):
        rows = Variant.objects.filter(sku__in=every[start : start + BATCH]).values_list("sku", "pk", "product_id")
        found |= {sku: (pk, product) for sku, pk, product in rows}
    return found


@transaction.atomic
def _write(price_list: PriceList, wanted: dict[tuple[int, int], tuple[int, int]], report: Report) -> None:
    PriceList.objects.select_for_update().get(pk=price_list.pk)
    stored = {(row.variant_id, row.from_quantity): row for row in price_list.prices.all()}
    fresh, altered = [], []
    for (variant, step), (price, product) in wanted.items():
        row = stored.get((variant, step))
        if row is None:
            fresh.append(ListPrice(price_list=price_list, variant_id=variant, from_quantity=step, price=price))
        elif row.price != price:
            row.price = price
            altered.append(row)
        else:
            report.same += 1
            continue
        report.products.add(product)
    report.new, report.changed = len(fresh), len(altered)
    if not report.dry:
        ListPrice.objects.bulk_create(fresh, batch_size=BATCH)
        ListPrice.objects.bulk_update(altered, ["price"], batch_size=BATCH)
