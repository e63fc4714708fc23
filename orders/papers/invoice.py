"""An invoice or a credit note as PDF, in its own language, from nothing but what is stored of it."""

from django.utils import translation
from django.utils.translation import gettext as _
from django_countries import countries
from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, Paragraph, Spacer, Table, TableStyle

from catalog.money import format_minor
from orders.models import Invoice, InvoiceLine
from orders.papers import fonts
from orders.papers.sheet import INK, INNER, LINE, NAME, RIGHT, SMALL, SOFT, STRONG, TEXT, TITLE, document, foot_of
from orders.papers.words import day, markup, one_line
from orders.tax.words import percent

WIDTHS = [INNER - 96 * mm, 14 * mm, 32 * mm, 18 * mm, 32 * mm]
PLAIN = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]
GUTTER = ("RIGHTPADDING", (0, 0), (0, -1), 6 * mm)
FIGURES = TableStyle(
    [
        *PLAIN,
        GUTTER,
        ("FONT", (0, 0), (-1, -1), fonts.TEXT, 9.5, 13),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ("TEXTCOLOR", (0, 0), (-1, 0), SOFT),
        ("FONT", (0, 0), (-1, 0), fonts.TEXT, 8, 10),
    ]
)


def draw(invoice: Invoice) -> bytes:
    """The PDF. Three queries at most: its lines, its taxes, the invoice it belongs to."""
    fonts.load()
    with translation.override(invoice.language):
        title = _title(invoice)
        story = [
            _letterhead(invoice),
            Spacer(0, 14 * mm),
            _addresses(invoice),
            Spacer(0, 12 * mm),
            Paragraph(markup(title), TITLE),
            *_reference(invoice),
            Spacer(0, 5 * mm),
            _lines(invoice),
            Spacer(0, 5 * mm),
            KeepTogether([_sums(invoice), Spacer(0, 6 * mm)]),
            *_closing(invoice),
        ]
        seller = invoice.seller
        legal = [seller.get("legal_name") or seller.get("name"), seller.get("address"), _vat(seller)]
        foot = foot_of(" · ".join(one_line(part, 160) for part in legal if part))
        return document(title, seller.get("name", ""), invoice.language, story, foot)


def _title(invoice: Invoice) -> str:
    words = _("Credit note %(number)s") if invoice.is_credit else _("Invoice %(number)s")
    return words % {"number": invoice.number}


def _vat(party: dict) -> str:
    return _("VAT number %(number)s") % {"number": party["vat_number"]} if party.get("vat_number") else ""


def _letterhead(invoice: Invoice) -> Table:
    seller = invoice.seller
    facts = [seller.get("legal_name"), seller.get("address"), _vat(seller), seller.get("email"), seller.get("phone")]
    said = "<br/>".join(markup(fact) for fact in facts if fact)
    row = [Paragraph(markup(seller.get("name", "")), NAME), Paragraph(said, RIGHT)]
    return Table([row], [INNER / 2, INNER / 2], style=TableStyle([*PLAIN, GUTTER]))


def _addresses(invoice: Invoice) -> Table:
    """The buyer where a window envelope shows him; beside him the dates."""
    left = [Paragraph(_address(invoice.buyer), TEXT)]
    if invoice.buyer.get("vat_number"):
        left.append(Paragraph(markup(_vat(invoice.buyer)), TEXT))
    if invoice.delivers_to:
        left += [Spacer(0, 3 * mm), Paragraph(markup(_("Delivered to")), SMALL)]
        left.append(Paragraph(_address(invoice.delivers_to), SMALL))
    facts = [
        (_("Date"), day(invoice.issued_on, invoice.language)),
        (_("Order"), invoice.order_number),
        (_("Ordered on"), day(invoice.ordered_on, invoice.language)),
    ]
    if invoice.payment.get("name"):
        facts.append((_("Payment"), invoice.payment["name"]))
    right = Table(
        [[Paragraph(markup(name), SMALL), Paragraph(markup(value), TEXT)] for name, value in facts],
        [28 * mm, 52 * mm],
        style=TableStyle([*PLAIN, ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]),
    )
    return Table([[left, right]], [INNER - 80 * mm, 80 * mm], style=TableStyle([*PLAIN, GUTTER]))


def _address(lines: dict) -> str:
    place = " ".join(filter(None, (lines.get("postcode"), lines.get("city"))))
    country = countries.name(lines.get("country", "")) or lines.get("country", "")
    parts = [lines.get("company"), lines.get("name"), lines.get("line1"), lines.get("line2"), place]
    parts += [lines.get("region"), country]
    if not any(parts):
        parts = [lines.get("email")]
    return "<br/>".join(markup(part, 200) for part in parts if part)


def _reference(invoice: Invoice) -> list:
    if invoice.corrects is None:
        return []
    words = {"number": invoice.corrects.number, "day": day(invoice.corrects.issued_on, invoice.language)}
    credit, more = _("For invoice %(number)s of %(day)s."), _("In addition to invoice %(number)s of %(day)s.")
    return [Paragraph(markup((credit if invoice.is_credit else more) % words), TEXT)]


def _lines(invoice: Invoice) -> Table:
    head = [_("Article"), _("Pieces"), _("Price"), _("Tax"), _("Sum")]
    rows = [_row(invoice, line) for line in invoice.lines.all()]
    return Table([head, *rows], WIDTHS, repeatRows=1, style=FIGURES)


def _row(invoice: Invoice, line: InvoiceLine) -> list:
    name = markup(line.name) or markup(line.get_kind_display())
    small = [" · ".join(filter(None, (markup(line.detail, 600), markup(line.sku, 80))))]
    if line.discount:
        small.append(markup(_("%(sum)s taken off") % {"sum": _money(invoice, line.discount)}))
    return [
        [Paragraph(name, TEXT), *(Paragraph(text, SMALL) for text in small if text)],
        str(line.quantity),
        _money(invoice, line.unit_price),
        percent(line.rate_bp, invoice.language),
        _money(invoice, line.gross if invoice.prices_include_tax else line.net),
    ]


def _sums(invoice: Invoice) -> Table:
    """Net and tax by rate, then what is to pay or goes back."""
    taxes = list(invoice.taxes.all())
    several = len({tax.country.code for tax in taxes}) > 1
    rows = [[_("Tax rate"), _("Net"), _("Tax"), _("Sum")]]
    for tax in taxes:
        name = percent(tax.rate_bp, invoice.language)
        name = f"{name} {tax.country.name}" if several else name
        rows.append([name, *(_money(invoice, amount) for amount in (tax.net, tax.tax, tax.gross))])
    total = _("Total that goes back") if invoice.is_credit else _("Total")
    rows.append([Paragraph(markup(total), STRONG), *(_money(invoice, sum) for sum in _totals(invoice))])
    table = Table(rows, [INNER - 102 * mm, 34 * mm, 34 * mm, 34 * mm], style=FIGURES)
    table.setStyle(
        TableStyle([("FONT", (1, -1), (-1, -1), fonts.STRONG, 9.5, 13), ("LINEABOVE", (0, -1), (-1, -1), 0.8, INK)])
    )
    return table


def _totals(invoice: Invoice) -> tuple[int, int, int]:
    return invoice.net, invoice.tax, invoice.gross


def _closing(invoice: Invoice) -> list:
    said = [Paragraph(markup(remark, 400), TEXT) for remark in invoice.remarks]
    return said + [Paragraph(text, TEXT) for text in _payment(invoice)]


def _payment(invoice: Invoice) -> list[str]:
    """Whether anything is to be done about it, as of the day it was written."""
    told = invoice.payment
    if invoice.is_credit:
        paid = invoice.refund_id or (invoice.corrects.payment or {}).get("state") == "paid"
        return [markup(_("The money goes back the way it came. Banks may take some days."))] if paid else []
    if not told or not invoice.gross:
        return []
    if told["state"] == "paid":
        return [markup(_("Paid on %(day)s. Thank you.") % {"day": day(told["on"], invoice.language)})]
    if told["state"] == "door":
        said = _("%(sum)s is paid to the courier at the door.") % {"sum": _money(invoice, told["open"])}
        return [markup(said)]
    if told["by"] == "card":
        # Charged at the card page; nobody has to do anything by this paper.
        return []
    words = {"sum": _money(invoice, told["open"]), "number": invoice.order_number}
    said = _("Please transfer %(sum)s and write %(number)s as the reference.") % words
    if told.get("due"):
        words["day"] = day(told["due"], invoice.language)
        said = _("Please transfer %(sum)s by %(day)s and write %(number)s as the reference.") % words
    return [markup(said), markup(told.get("instructions", ""), 1000)]


def _money(invoice: Invoice, minor: int) -> str:
    return format_minor(minor, invoice.currency, invoice.language)
