"""Comparing the variants of a product with those in a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.actions.importing.goods import Goods, Piece
from catalog.actions.importing.stored import Stored
from catalog.actions.importing.targets import has_field
from catalog.actions.importing.vocabulary import Name
from catalog.models import Variant
from catalog.money import format_minor

if TYPE_CHECKING:
    from catalog.actions.importing.plan import Desk


@dataclass(slots=True)
class VariantPlan:
    """What is to be done for one variant: a new one, or changes; `count` is what lies there afterwards."""

    piece: Piece
    sku: str
    combination: str
    values: list[Name]
    variant: Variant | None = None
    changes: dict[str, object] = field(default_factory=dict)
    count: int | None = None
    # Name of a location -> what lies there afterwards.
    counts: dict[str, int] = field(default_factory=dict)
    # Currency -> minor units on the price list; 0 takes the price away.
    prices: dict[str, int] = field(default_factory=dict)
    details: list[tuple[str, str, str]] = field(default_factory=list)


def paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def plan(goods: Goods, stored: Stored | None, desk: Desk) -> list[VariantPlan]:
    """A plan for each piece. Remarks and faults go to the goods; variants that the file does not name stay."""
    plans, known, taken = [], list(stored.variants) if stored else [], set()
    # Which axes it has already: two of them may be called alike.
    used = {part.partition(":")[0] for variant in known for part in variant.combination.split("|")} - {""}
    if not desk.options.with_costs:
        _leave_costs_out(goods)
    for piece in goods.pieces:
        _check_prices(goods, piece)
        values = sorted(desk.axes.value(name, text, used) for name, text in piece.axes)
        combination = "|".join(f"{code}:{value}" for code, value in values)
        variant = _same(known, piece, combination, alone=len(goods.pieces) == 1)
        if variant:
            known.remove(variant)
            if piece.axes and variant.combination != combination:
                words = {"line": piece.line, "sku": variant.sku}
                goods.remarks.append(_("Line %(line)d: the options of %(sku)s were left as they are.") % words)
            combination = variant.combination
        elif piece.price is None and stored:
            goods.remarks.append(_("Line %(line)d: a new variant needs a price.") % {"line": piece.line})
            continue
        if combination in taken:
            goods.remarks.append(_("Line %(line)d repeats options and was left out.") % {"line": piece.line})
            continue
        taken.add(combination)
        sku = _sku(goods, piece, combination, variant, desk)
        made = VariantPlan(piece, sku, combination, values, variant)
        _plan_changes(made, goods, stored, desk)
        _plan_prices(made, goods, stored, desk)
        plans.append(made)
    if known and goods.pieces:
        skus = ", ".join(variant.sku for variant in known)[:200]
        goods.remarks.append(_("Not in the file, and left as they are: %(skus)s.") % {"skus": skus})
    return plans


def _same(known: list[Variant], piece: Piece, combination: str, alone: bool) -> Variant | None:
    """The variant that the piece is: by its options, else by its SKU, else the only one there is."""
    for variant in known:
        if variant.combination == combination:
            return variant
    for variant in known:
        if piece.sku and variant.sku == piece.sku:
            return variant
    return known[0] if alone and len(known) == 1 and not piece.axes else None


def _leave_costs_out(goods: Goods) -> None:
    if any(piece.cost is not None for piece in goods.pieces):
        goods.remarks.append(_("Costs were left out: you may not see them."))
    for piece in goods.pieces:
        piece.cost = None


def _check_prices(goods: Goods, piece: Piece) -> None:
    if piece.compare_at and piece.price is not None and piece.compare_at <= piece.price:
        goods.remarks.append(
            _("Line %(line)d: the price before is not higher and was left out.") % {"line": piece.line}
        )
        piece.compare_at = 0
    if piece.stock is not None and piece.stock < 0:
        goods.remarks.append(
            _("Line %(line)d: a stock of %(stock)d counts as none.") % {"line": piece.line, "stock": piece.stock}
        )
        piece.stock = 0


def _sku(goods: Goods, piece: Piece, combination: str, variant: Variant | None, desk: Desk) -> str:
    if variant and (piece.sku is None or piece.sku == variant.sku):
        return variant.sku
    sku = desk.claims.sku(goods, piece, combination)
    if piece.sku and sku != piece.sku:
        goods.remarks.append(
            _("The SKU %(sku)s is taken; this one is called %(own)s.") % {"sku": piece.sku, "own": sku}
        )
    return sku


def _plan_changes(made: VariantPlan, goods: Goods, stored: Stored | None, desk: Desk) -> None:
    piece, variant = made.piece, made.variant
    if variant is None:
        _plan_new(made, goods, desk, is_new_product=stored is None)
        return
    wanted = {
        "sku": made.sku,
        "price": piece.price,
        "compare_at_price": piece.compare_at,
        "weight_g": piece.weight_g,
        "barcode": piece.barcode,
        "tracks_stock": piece.counts_stock,
        "is_active": piece.is_active,
    }
    before = {"compare_at_price": variant.compare_at_price or 0}
    if piece.cost is not None and has_field(Variant, "cost"):
        wanted["cost"], before["cost"] = piece.cost, variant.cost or 0
    for name, value in wanted.items():
        now = before.get(name, getattr(variant, name))
        if value is not None and now != value:
            made.changes[name] = value
            label = variant._meta.get_field(name).verbose_name
            made.details.append((f"{variant.sku}: {label}", _shown(name, now), _shown(name, value)))
    if made.changes.get("cost") == 0:
        made.changes["cost"] = None
    if piece.price is not None and variant.price == 0 and not variant.is_active and "price" in made.changes:
        # It came without a price and could not be sold; now it can.
        made.changes["is_active"] = True
    _keep_prices_in_order(made, variant)
    if not desk.options.keep_stock and piece.counts_stock is not False:
        _plan_counts(made, goods, stored, desk)


def _plan_counts(made: VariantPlan, goods: Goods, stored: Stored, desk: Desk) -> None:
    """What is to lie on the shelves: in all, or place by place."""
    piece, variant = made.piece, made.variant
    now = stored.on_hand(variant.pk)
    if piece.stock is not None and not piece.stocks and now != piece.stock:
        made.count = piece.stock
        made.details.append((f"{variant.sku}: {_('stock')}", str(now), str(piece.stock)))
    places = stored.levels.get(variant.pk, {})
    for name, number in _known_places(piece, goods, desk).items():
        here = places.get(desk.locations[name], 0)
        if here != number:
            made.counts[name] = number
            made.details.append((f"{variant.sku}: {_('stock')} ({name})", str(here), str(number)))


def _known_places(piece: Piece, goods: Goods, desk: Desk) -> dict[str, int]:
    known = {}
    for name, number in piece.stocks.items():
        if name.casefold() in desk.locations:
            known[name.casefold()] = max(number, 0)
        else:
            goods.remarks.append(_("There is no location “%(name)s”.") % {"name": name[:60]})
    return known


def _plan_prices(made: VariantPlan, goods: Goods, stored: Stored | None, desk: Desk) -> None:
    """Prices in other currencies, where the shop has a list for them."""
    for currency, price in made.piece.prices.items():
        if currency not in desk.lists:
            if price:
                goods.remarks.append(_("There is no price list in %(currency)s.") % {"currency": currency})
            continue
        now = stored.prices.get((made.variant.pk, currency), 0) if stored and made.variant else 0
        if now != price:
            made.prices[currency] = price
            words = [format_minor(value, currency, get_language() or "en") if value else "–" for value in (now, price)]
            if made.variant:
                made.details.append((f"{made.variant.sku}: {currency}", *words))


def _keep_prices_in_order(made: VariantPlan, variant: Variant) -> None:
    """A price that rises above a former price which the file does not mention takes that away."""
    if "compare_at_price" in made.changes:
        made.changes["compare_at_price"] = made.changes["compare_at_price"] or None
    elif variant.compare_at_price and made.changes.get("price", 0) >= variant.compare_at_price:
        made.changes["compare_at_price"] = None


def _plan_new(made: VariantPlan, goods: Goods, desk: Desk, is_new_product: bool) -> None:
    piece = made.piece
    if piece.counts_stock is not False:
        made.counts = _known_places(piece, goods, desk)
        if not made.counts:
            made.count = piece.stock if piece.stock is not None else piece.opening_stock or 0
    if is_new_product and piece.price is None:
        goods.remarks.append(_("There is no price: kept as a draft."))
    if not is_new_product:
        made.details.append((_("new variant %(sku)s") % {"sku": made.sku}, "", ""))


def _shown(name: str, value: object) -> str:
    if ("price" in name or name == "cost") and value:
        return format_minor(int(value), settings.SHOP_CURRENCY, get_language() or "en")
    return str(value or "–") if not isinstance(value, bool) else _("yes") if value else _("no")
