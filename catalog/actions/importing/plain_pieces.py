"""The variants in the lines of one product."""

from django.conf import settings
from django.utils.translation import gettext as _

from catalog.actions.importing import amounts, texts
from catalog.actions.importing.faults import Wrong
from catalog.actions.importing.goods import Fault, Goods, Piece
from catalog.actions.importing.lines import Line
from catalog.actions.importing.mapping import Mapping
from catalog.actions.importing.rows import Reader
from catalog.actions.importing.targets import AXES

SELLS = ("sku", "price", "stock", "barcode", "weight", "compare_at", "cost")


def pieces_of(goods: Goods, lines: list[Line], key: str, reader: Reader) -> list[Piece]:
    """The variants; lines that are wrong become faults of the goods."""
    mapping = reader.mapping
    if not _tells_pieces(mapping):
        return []
    names = [texts.plain(reader.first(lines, f"option{number}_name")) for number in AXES]
    axes = {line.number: _axes(line, names, reader) for line in lines}
    has_options = any(axes.values())
    pieces: dict[object, Piece] = {}
    for line in lines:
        try:
            sku = texts.sku(reader.cell(line, "sku"))
            currency = texts.plain(reader.cell(line, "currency")).upper() or settings.SHOP_CURRENCY
            known = _known(pieces, sku, axes[line.number])
            if known and "currency" in mapping.columns:
                _add_price(known, line, currency, reader)
            elif has_options and not axes[line.number]:
                continue  # the product itself, which its variants follow
            elif goods.is_firm and not (sku or reader.cell(line, "price")):
                continue  # a product without variants
            elif known:
                raise Wrong(_("Line %(line)d has the same options already.") % {"line": known.line})
            else:
                piece = _piece(line, goods, key, sku, axes[line.number], currency, reader)
                pieces[line.number] = piece
        except Wrong as wrong:
            goods.faults.append(Fault(line.number, str(wrong), key[:80], goods.name[:120]))
    return _priced(goods, list(pieces.values()), key, reader)


def _tells_pieces(mapping: Mapping) -> bool:
    """Whether the table says anything of variants, and not only of products."""
    told = any(name in mapping.columns for name in SELLS) or mapping.about("price") or mapping.about("stock")
    return bool(told) or "price" in mapping.defaults or mapping.without_price_is_draft


def _add_price(piece: Piece, line: Line, currency: str, reader: Reader) -> None:
    """What the same variant costs in the currency of another row."""
    if currency != settings.SHOP_CURRENCY:
        _other_price(piece, line, currency, reader)
    elif piece.price is not None:
        raise Wrong(_("Line %(line)d has the same options already.") % {"line": piece.line})
    elif text := reader.cell(line, "price"):
        piece.price = amounts.price(text, reader.mapping.decimal)
        before = reader.cell(line, "compare_at")
        piece.compare_at = amounts.price(before, reader.mapping.decimal) if before else 0


def _priced(goods: Goods, pieces: list[Piece], key: str, reader: Reader) -> list[Piece]:
    """The pieces without those that have no price although the file tells prices."""
    mapping, priced = reader.mapping, []
    for piece in pieces:
        if piece.price is None and "price" in mapping.defaults:
            piece.price = amounts.price(str(mapping.defaults["price"]))
        must = "price" in mapping.columns and not mapping.without_price_is_draft and not goods.is_firm
        if piece.price is None and must:
            others = ", ".join(sorted(piece.prices))
            reason = _("There is no price.")
            if others:
                words = {"currency": settings.SHOP_CURRENCY, "others": others}
                reason = _("There is no price in %(currency)s, only in %(others)s.") % words
            goods.faults.append(Fault(piece.line, reason, key[:80], goods.name[:120]))
        else:
            priced.append(piece)
    return priced


def _known(pieces: dict[object, Piece], sku: str | None, axes: tuple) -> Piece | None:
    for piece in pieces.values():
        if (sku and piece.sku == sku) or (axes and piece.axes == axes):
            return piece
    return None


def _axes(line: Line, names: list[str], reader: Reader) -> tuple[tuple[str, str], ...]:
    pairs = []
    for place, column in reader.options:
        if value := texts.plain(line.get(column)):
            pairs.append((names[place] or _("Option"), value))
    for name, column in reader.mapping.about("option").items():
        if value := texts.plain(line.get(column)):
            pairs.append((name, value))
    return tuple(pairs)


def _piece(line: Line, goods: Goods, key: str, sku: str | None, axes, currency: str, reader: Reader) -> Piece:
    mapping, cell = reader.mapping, lambda target: reader.cell(line, target)
    spare = "" if sku else texts.sku_of(key, *(value for _name, value in axes))
    piece = Piece(line.number, sku=sku, spare_sku=spare, axes=axes)
    if currency != settings.SHOP_CURRENCY:
        _other_price(piece, line, currency, reader)
    else:
        piece.price = amounts.price(cell("price"), mapping.decimal) if cell("price") else None
        if "compare_at" in mapping.columns:
            piece.compare_at = amounts.price(cell("compare_at"), mapping.decimal) if cell("compare_at") else 0
    for code, column in mapping.about("price").items():
        piece.prices[code.upper()] = _price_in(line.get(column), code.upper(), mapping.decimal)
    if "cost" in mapping.columns:
        piece.cost = amounts.price(cell("cost"), mapping.decimal) if cell("cost") else 0
    _count(piece, line, reader)
    _weigh(piece, goods, reader, line)
    piece.barcode = texts.barcode(cell("barcode"))
    piece.is_active = amounts.truth(cell("for_sale"))
    return piece


def _count(piece: Piece, line: Line, reader: Reader) -> None:
    mapping = reader.mapping
    piece.counts_stock = amounts.truth(reader.cell(line, "counts_stock"))
    if text := reader.cell(line, "stock"):
        piece.stock = amounts.pieces(text, mapping.decimal)
    elif "stock" in mapping.defaults:
        piece.opening_stock = int(mapping.defaults["stock"])
    for name, column in mapping.about("stock").items():
        if text := line.get(column):
            piece.stocks[name] = amounts.pieces(text, mapping.decimal)


def _weigh(piece: Piece, goods: Goods, reader: Reader, line: Line) -> None:
    text = reader.cell(line, "weight")
    if not text:
        return
    unit = reader.cell(line, "weight_unit").casefold()
    unit = unit if unit in amounts.GRAMS else reader.mapping.weight_unit
    try:
        piece.weight_g = amounts.grams(text, unit, reader.mapping.decimal)
    except Wrong as wrong:
        goods.remarks.append(str(wrong))


def _other_price(piece: Piece, line: Line, currency: str, reader: Reader) -> None:
    if text := reader.cell(line, "price"):
        piece.prices[currency] = _price_in(text, currency, reader.mapping.decimal)


def _price_in(text: str, currency: str, decimal: str) -> int:
    return amounts.price(text, decimal, currency) if text else 0
