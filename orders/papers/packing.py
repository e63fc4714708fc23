"""One PDF for the packing table: the pick list of all orders, then a packing slip for each parcel. No prices anywhere:
a slip may lie in a present.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils import translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.eanbc import Ean8BarcodeWidget, Ean13BarcodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.platypus import PageBreak, Paragraph, Spacer, Table, TableStyle
from stdnum import ean

from catalog.moments import stamp
from customers.models import ShopDetails
from orders.letters import arrival
from orders.models import OrderAddress
from orders.papers import fonts
from orders.papers.sheet import (
    INK,
    INNER,
    LARGE,
    LINE,
    NAME,
    SMALL,
    SOFT,
    STRONG,
    TEXT,
    TITLE,
    document,
    foot_of,
)
from orders.papers.words import markup, one_line, plain
from orders.queries.picking import Packed, Pick, Slip

BOX = "☐"
WIDTHS = [9 * mm, 15 * mm, 42 * mm, INNER - 108 * mm, 42 * mm]
ROWS = TableStyle(
    [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3 * mm),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("FONT", (0, 0), (-1, -1), fonts.TEXT, 9.5, 13),
        ("FONT", (1, 1), (1, -1), fonts.STRONG, 11, 13),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("TEXTCOLOR", (0, 0), (-1, 0), SOFT),
        ("FONT", (0, 0), (-1, 0), fonts.TEXT, 8, 10),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ]
)


def draw(picks: Sequence[Pick], slips: Sequence[Slip], shop: ShopDetails, now: datetime) -> bytes:
    """The pick list in the language of whoever prints, each slip in that of its order: it travels with the parcel."""
    fonts.load()
    story = [*_pick_list(picks, len(slips), now)] if picks else []
    for number, slip in enumerate(slips):
        story += [PageBreak()] if picks or number else []
        with translation.override(slip.order.language):
            story += _slip(slip, shop.name)
    foot = foot_of(" · ".join(filter(None, (shop.name, shop.email, shop.phone))))
    title = _("Pick list and packing slips")
    # Without numbers of pages: each slip is a paper of its own.
    return document(title, shop.name, get_language() or "en", story, foot, numbered=False)


def _pick_list(picks: Sequence[Pick], parcels: int, now: datetime) -> Iterator:
    pieces = sum(pick.pieces for pick in picks)
    yield Paragraph(markup(_("Pick list")), TITLE)
    counted = [
        ngettext("%(number)d piece", "%(number)d pieces", pieces) % {"number": pieces},
        ngettext("%(number)d parcel", "%(number)d parcels", parcels) % {"number": parcels},
        stamp(now),
    ]
    yield Paragraph(markup(" · ".join(counted)), SMALL)
    for location in dict.fromkeys(pick.location for pick in picks):
        here = [pick for pick in picks if pick.location == location]
        yield Spacer(0, 6 * mm)
        yield Paragraph(markup(location or _("Not counted in stock")), STRONG)
        yield Spacer(0, 1 * mm)
        head = ["", _("Pieces"), _("SKU"), _("Article"), _("Orders")]
        yield Table([head, *map(_pick, here)], WIDTHS, repeatRows=1, style=ROWS)


def _pick(pick: Pick) -> list:
    orders = ", ".join(number if pieces == 1 else f"{number} ×{pieces}" for number, pieces in pick.orders)
    return [
        BOX, str(pick.pieces), Paragraph(markup(pick.sku, 80), TEXT), Paragraph(markup(pick.name), TEXT),
        Paragraph(markup(orders, 400), SMALL),
    ]  # fmt: skip


def _slip(slip: Slip, shop_name: str) -> list:
    order = slip.order
    number = order.number or ""
    bars = Code128(number, barHeight=11 * mm, barWidth=0.33 * mm, quiet=0) if number.isascii() and number else ""
    facts = [order.delivery_name, _promise(order), slip.shipment and slip.shipment.tracking_number]
    if order.point_code:
        facts.insert(0, _("Pick-up point %(code)s") % {"code": order.point_code})
    if order.pays_on_delivery and order.payment_status == "unpaid":
        facts.append(_("pays at the door"))
    head = Table(
        [
            [Paragraph(markup(shop_name), NAME), bars],
            [Paragraph(_address(slip.address), LARGE), [
                Paragraph(markup(_("Order %(number)s") % {"number": number}), LARGE),
                *(Paragraph(markup(fact), SMALL) for fact in facts if fact),
            ]],
        ],
        [INNER - 70 * mm, 70 * mm],
        style=TableStyle([
            ("LEFTPADDING", (0, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BOTTOMPADDING", (0, 0), (-1, 0), 8 * mm), ("RIGHTPADDING", (0, 0), (0, -1), 8 * mm),
        ]),
    )  # fmt: skip
    titles = ["", _("Pieces"), _("SKU"), _("Article"), ""]
    rows = [row for packed in slip.rows for row in _rows(packed)]
    sum_of = ngettext("%(number)d piece in all", "%(number)d pieces in all", slip.pieces) % {"number": slip.pieces}
    story = [head, Spacer(0, 10 * mm), Table([titles, *rows], WIDTHS, repeatRows=1, style=ROWS), Spacer(0, 3 * mm)]
    story.append(Paragraph(markup(sum_of), SMALL))
    if order.note:
        story += [Spacer(0, 5 * mm), Paragraph(markup(_("Note of the customer")), SMALL)]
        story.append(Paragraph(markup(order.note, 1000), TEXT))
    return story


def _promise(order) -> str:
    return _("promised for %(days)s") % {"days": arrival(order)} if order.promised_on else ""


def _rows(packed: Packed) -> Iterator[list]:
    line = packed.line
    words = [Paragraph(markup(line.product_name), TEXT)]
    small = [line.variant_name, *(f"{answer['label']}: {answer['words']}" for answer in line.answers)]
    words += [Paragraph(markup(text, 600), SMALL) for text in small if text]
    yield [BOX, str(packed.pieces), Paragraph(markup(line.sku, 80), TEXT), words, _bars(packed.barcode)]
    for pieces, sku, name in packed.parts:
        yield [BOX, str(pieces), Paragraph(markup(sku, 80), SMALL), Paragraph(markup(name), SMALL), ""]


def _bars(code: str) -> Drawing | Paragraph | str:
    """An EAN as bars; whatever else somebody wrote there as words."""
    kinds = {13: Ean13BarcodeWidget, 8: Ean8BarcodeWidget}
    if not (len(code) in kinds and code.isascii() and ean.is_valid(code)):
        return Paragraph(markup(one_line(code, 40)), SMALL) if code else ""
    bars = kinds[len(code)](code, barHeight=9 * mm, barWidth=0.28 * mm, fontName=fonts.TEXT, fontSize=6)
    left, low, right, high = bars.getBounds()
    return Drawing(right - left, high - low, bars)


def _address(address: OrderAddress | None) -> str:
    if address is None:
        return ""
    place = " ".join(filter(None, (address.postcode, address.city)))
    parts = [address.name, address.company, address.line1, address.line2, place, address.region, address.country.name]
    return "<br/>".join(markup(plain(part, 160)) for part in parts if part)
