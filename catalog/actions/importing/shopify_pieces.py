"""The lines of one product in Shopify's CSV: which are variants, which only pictures."""

from django.utils.translation import gettext as _

from catalog.actions.importing import amounts, texts
from catalog.actions.importing.faults import Wrong
from catalog.actions.importing.goods import Goods, Piece, Shot
from catalog.actions.importing.lines import Line

AXES = (1, 2, 3)
COLOURS = {"color", "colour"}


def is_variant(line: Line) -> bool:
    """Whether the line sells something; others carry a picture, or nothing that we keep."""
    names = ("variant price", "variant sku", *(f"option{number} value" for number in AXES))
    return any(line.get(name) for name in names)


def axis_names(lines: list[Line]) -> list[str]:
    """The names of the options, which only one of the lines needs to say."""
    columns = [f"option{number} name" for number in AXES]
    return [next((name for line in lines if (name := texts.plain(line.get(column)))), "") for column in columns]


def piece_of(line: Line, handle: str, names: list[str], goods: Goods) -> Piece:
    """The variant of that line; remarks go to the goods. Raises Wrong."""
    if line.has_too_many:
        raise Wrong(_("The line has more cells than there are columns."))
    axes = _axes(line, names)
    if not line.get("variant price"):
        raise Wrong(_("There is no price."))
    piece = Piece(line.number, axes=axes, price=amounts.price(line.get("variant price")))
    piece.sku = texts.sku(line.get("variant sku"))
    piece.spare_sku = texts.sku_of(handle, *(value for _name, value in axes))
    if "variant compare at price" in line.columns:
        before = line.get("variant compare at price")
        piece.compare_at = amounts.price(before) if before else 0
    if weight := line.get("variant grams"):
        # Shopify writes the weight in grams, whatever unit the merchant sees. 0 is what it writes for unknown.
        piece.weight_g = amounts.grams(weight) or None
    piece.barcode = texts.barcode(line.get("variant barcode"))
    if "cost per item" in line.columns:
        piece.cost = amounts.price(line.get("cost per item")) if line.get("cost per item") else 0
    _count(line, piece)
    return piece


def _axes(line: Line, names: list[str]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for number, name in zip(AXES, names, strict=True):
        value = texts.plain(line.get(f"option{number} value"))
        if value and not (name.casefold() in ("title", "") and value == "Default Title"):
            pairs.append((name or _("Option"), value))
    return tuple(pairs)


def _count(line: Line, piece: Piece) -> None:
    """What may be sold when nothing is left is not counted here, nor what Shopify counts nowhere."""
    quantity = line.get("variant inventory qty")
    sells_on = line.get("variant inventory policy").casefold() in ("continue", "true", "yes")
    tracked = bool(quantity or line.get("variant inventory tracker"))
    piece.counts_stock = tracked and not sells_on
    if quantity and piece.counts_stock:
        piece.stock = amounts.pieces(quantity)


def shots_of(lines: list[Line], goods: Goods) -> list[Shot]:
    """Each picture once; of one colour when every variant that shows it has that colour."""
    shots: dict[str, Shot] = {}
    for line in lines:
        for column in ("image src", "variant image"):
            source = line.get(column)
            if source and source not in shots:
                shots[source] = Shot(line.number, source, position=len(shots))
        if source := line.get("image src"):
            shots[source].alt = shots[source].alt or texts.plain(line.get("image alt text"))
    colours: dict[str, set[tuple[str, str]]] = {}
    by_line = {piece.line: piece for piece in goods.pieces}
    for line in lines:
        if (source := line.get("variant image")) and (piece := by_line.get(line.number)):
            colours.setdefault(source, set()).update(axis for axis in piece.axes if axis[0].casefold() in COLOURS)
    for source, found in colours.items():
        if len(found) == 1:
            shots[source].axis = next(iter(found))
    return list(shots.values())
