"""Plain CSV: one line is one product with one variant; a mapping names the columns."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from catalog.actions.importing import amounts, texts
from catalog.actions.importing.faults import Unreadable, Wrong
from catalog.actions.importing.goods import Fault, Goods, Piece, Shot
from catalog.actions.importing.lines import Line, Sheet
from catalog.actions.importing.mapping import Mapping
from catalog.models import Product

LONGEST_KEY = 200


def check(columns: list[str], mapping: Mapping) -> None:
    """Raises Unreadable when the mapping names columns that the file does not have."""
    wanted = {*mapping.columns.values(), *mapping.attributes.values()}
    if missing := sorted(wanted - set(columns)):
        raise Unreadable(
            _("These columns are missing: %(missing)s. The file has: %(columns)s.")
            % {"missing": ", ".join(missing), "columns": ", ".join(filter(None, columns))[:400]}
        )


def goods_of(sheet: Sheet, mapping: Mapping) -> Iterator[Goods | Fault]:
    """What each line says, or why it is not taken."""
    seen: dict[str, int] = {}
    for line in sheet:
        key, name = line.get(mapping.columns["key"]), texts.plain(line.get(mapping.columns["name"]))
        try:
            goods = _goods(line, mapping, texts.plain(key), name)
            if first := seen.get(goods.key):
                raise Wrong(_("The key “%(key)s” stands in line %(line)d already.") % {"key": key[:60], "line": first})
        except Wrong as wrong:
            yield Fault(line.number, str(wrong), key[:80], name[:120])
        else:
            seen[goods.key] = line.number
            yield goods


def _goods(line: Line, mapping: Mapping, key: str, name: str) -> Goods:
    def cell(field: str) -> str:
        return line.get(mapping.columns.get(field, "\n"))

    if line.has_too_many:
        raise Wrong(_("The line has more cells than there are columns."))
    if not key or len(key) > LONGEST_KEY:
        raise Wrong(_("The line has no key.") if not key else _("The key is longer than 200 characters."))
    if not name:
        raise Wrong(_("The line has no name."))
    defaults = mapping.defaults
    goods = Goods(line.number, f"{mapping.source}:{key}", name, slug=texts.plain(cell("slug")))
    goods.pieces = [_piece(line.number, goods, cell, mapping, key)]
    if cell("description"):
        goods.description = texts.body(cell("description"), mapping.description_is_html)
    goods.brand = texts.plain(cell("brand")) or None
    goods.status = _status(cell("status"))
    goods.first = {name: str(value) for name, value in defaults.items() if name != "stock"}
    if category := texts.plain(cell("category")):
        goods.first["category"] = category
    goods.first["category_separator"] = mapping.category_separator
    pictures = [source.strip() for source in cell("picture").split("|") if source.strip()]
    goods.shots = [Shot(line.number, source, position=number) for number, source in enumerate(pictures)]
    for attribute, column in mapping.attributes.items():
        values = [texts.plain(value) for value in line.get(column).split("|")]
        if values := [value for value in values if value]:
            goods.facts[attribute] = values
    return goods


def _piece(number: int, goods: Goods, cell, mapping: Mapping, key: str) -> Piece:
    piece = Piece(number, sku=texts.sku(cell("sku")), spare_sku=texts.sku_of(key))
    if cell("price"):
        piece.price = amounts.price(cell("price"), mapping.decimal)
    elif not mapping.without_price_is_draft:
        raise Wrong(_("There is no price."))
    if "compare_at" in mapping.columns:
        piece.compare_at = amounts.price(cell("compare_at"), mapping.decimal) if cell("compare_at") else 0
    if cell("stock"):
        piece.stock = amounts.pieces(cell("stock"), mapping.decimal)
    elif "stock" in mapping.defaults:
        piece.opening_stock = int(mapping.defaults["stock"])
    if cell("weight"):
        try:
            piece.weight_g = amounts.grams(cell("weight"), mapping.weight_unit, mapping.decimal)
        except Wrong as wrong:
            goods.remarks.append(str(wrong))
    piece.barcode = texts.barcode(cell("barcode"))
    return piece


def _status(text: str) -> str | None:
    if not text:
        return None
    if text.lower() not in Product.Status.values:
        raise Wrong(_("“%(text)s” is no status; use draft, published or archived.") % {"text": text[:40]})
    return text.lower()
