"""Shopify's product CSV: the lines of a product follow each other and share a handle; only the first tells its name."""

from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from catalog.actions.importing import shopify_pieces as pieces
from catalog.actions.importing import texts
from catalog.actions.importing.amounts import truth
from catalog.actions.importing.faults import Unreadable, Wrong
from catalog.actions.importing.goods import Fault, Finding, Goods
from catalog.actions.importing.lines import Line, Sheet
from catalog.actions.importing.targets import has_field
from catalog.models import Product
from catalog.words import languages

Status = Product.Status
# Newer files call some columns otherwise.
OTHER_NAMES = {
    "url handle": "handle",
    "description": "body (html)",
    "published on online store": "published",
    "price": "variant price",
    "compare-at price": "variant compare at price",
    "sku": "variant sku",
    "barcode": "variant barcode",
    "inventory quantity": "variant inventory qty",
    "inventory tracker": "variant inventory tracker",
    "continue selling when out of stock": "variant inventory policy",
    "weight value (grams)": "variant grams",
    "requires shipping": "variant requires shipping",
    "product image url": "image src",
    "image alt text": "image alt text",
    "variant image url": "variant image",
}
NEEDED = {"handle": "Handle", "title": "Title", "variant price": "Variant Price"}
STATUSES = {"active": Status.PUBLISHED, "draft": Status.DRAFT, "archived": Status.ARCHIVED, "unlisted": Status.DRAFT}


def is_shopify(columns: list[str]) -> bool:
    return not {"handle", "url handle"}.isdisjoint(columns)


def check(columns: list[str]) -> None:
    """Raises Unreadable when columns are missing without which nothing can be taken."""
    known = {OTHER_NAMES.get(column, column) for column in columns}
    if missing := [title for name, title in NEEDED.items() if name not in known]:
        raise Unreadable(_("These columns are missing: %(missing)s.") % {"missing": ", ".join(missing)})


def goods_of(sheet: Sheet) -> Iterator[Goods | Fault]:
    """What each group of lines says. A line that is wrong is left out of its product."""
    if not {"handle", "title"} <= set(sheet.columns) or "variant price" not in sheet.columns:
        sheet.columns = [OTHER_NAMES.get(column, column) for column in sheet.columns]
    seen: dict[str, int] = {}
    broken: list[Unreadable] = []
    readable = _until_broken(sheet, broken)
    for handle, group in groupby(readable, key=lambda line: texts.plain(line.get("handle"))):
        lines = list(group)
        reason = _reason_against(handle, lines, seen)
        if reason:
            yield from (Fault(line.number, reason, handle[:80], line.get("title")[:120]) for line in lines)
        else:
            seen[handle] = lines[0].number
            yield from _product(handle, lines)
    if broken:
        raise broken[0]


def _until_broken(sheet: Sheet, broken: list[Unreadable]) -> Iterator[Line]:
    """The lines that can be read: the product whose last line stands before the breach is whole."""
    try:
        yield from sheet
    except Unreadable as fault:
        broken.append(fault)


def _reason_against(handle: str, lines: list[Line], seen: dict[str, int]) -> str:
    if not handle:
        return _("The line has no handle.")
    if len(handle) > 200:
        return _("The handle is longer than 200 characters.")
    if handle in seen:
        return _("The lines of “%(handle)s” do not stand together; line %(line)d began it.") % {
            "handle": handle[:60],
            "line": seen[handle],
        }
    if not any(texts.plain(line.get("title")) for line in lines):
        return _("None of its lines has a title.")
    if truth(lines[0].get("gift card")):
        return _("Gift cards cannot be taken over.")
    return ""


def _product(handle: str, lines: list[Line]) -> Iterator[Goods | Fault]:
    head = next(line for line in lines if texts.plain(line.get("title")))
    goods = Goods(lines[0].number, f"shopify:{handle}", texts.plain(head.get("title")), slug=handle)
    goods.others = (Finding.ADDRESS_AND_SKU,)
    names = pieces.axis_names(lines)
    taken: dict[tuple, int] = {}
    for line in lines:
        if not pieces.is_variant(line):
            continue
        try:
            piece = pieces.piece_of(line, handle, names, goods)
            if first := taken.get(piece.axes):
                raise Wrong(_("Line %(line)d has the same options already.") % {"line": first})
        except Wrong as wrong:
            goods.faults.append(Fault(line.number, str(wrong), handle, goods.name))
        else:
            taken[piece.axes] = line.number
            goods.pieces.append(piece)
    if not goods.pieces:
        yield from goods.faults or [Fault(goods.line, _("It has no variant."), handle, goods.name)]
        return
    _describe(goods, head, lines)
    goods.shots = pieces.shots_of(lines, goods)
    yield goods


def _describe(goods: Goods, head: Line, lines: list[Line]) -> None:
    if html := head.get("body (html)"):
        goods.description = texts.body(html, is_html=True)
    goods.brand = texts.plain(head.get("vendor")) or None
    for name, column in (("search_title", "seo title"), ("search_description", "seo description")):
        if has_field(Product, name) and (text := texts.plain(head.get(column))):
            goods.words[f"{name}_{languages()[0]}"] = text
    if tags := head.get("tags"):
        goods.tags = [tag for part in tags.split(",")[:50] if (tag := texts.plain(part))]
    goods.status, goods.knows_no_dates = _status(head), True
    if kind := texts.plain(head.get("type")):
        # A type is one name, whatever signs stand in it.
        goods.first = {"category": kind, "category_separator": "\n"}
    needs_parcel = [truth(line.get("variant requires shipping")) for line in lines if pieces.is_variant(line)]
    if needs_parcel and all(needs is False for needs in needs_parcel):
        goods.first["kind"] = Product.Kind.SERVICE


def _status(head: Line) -> str | None:
    status = STATUSES.get(head.get("status").casefold())
    if status in (None, Status.PUBLISHED) and truth(head.get("published")) is False:
        return Status.DRAFT
    return status or (Status.PUBLISHED if truth(head.get("published")) else None)
