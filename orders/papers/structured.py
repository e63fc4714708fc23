"""An invoice or a credit note as a structured e-invoice: EN 16931 as Cross Industry Invoice, the XML of Factur-X and
ZUGFeRD. From nothing but what is stored of it, so that it says what the PDF says. The keys are the terms of the norm.
"""

from decimal import Decimal

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from stdnum.eu.vat import MEMBER_STATES

from catalog.money import Money
from orders.models import Invoice, InvoiceLine, Order

LEVEL = "en16931"
# Of UNTDID 1001, of UNTDID 4461, and of UN/ECE recommendation 20.
INVOICE, CREDIT_NOTE = "380", "381"
MEANS = {"card": "48", "on_delivery": "10"}
OTHER_MEANS, PIECE = "1", "C62"
# Of UNTDID 5305: standard, zero, exempt, owed by the buyer, to a company in another state of the EU, out of the EU.
TAXED, ZERO, EXEMPT, REVERSE, ACROSS, EXPORT = "S", "Z", "E", "AE", "K", "G"
CODES = {REVERSE: "VATEX-EU-AE", ACROSS: "VATEX-EU-IC", EXPORT: "VATEX-EU-G"}


class NotStructured(Exception):
    """The norm asks for something that this paper does not say: mostly the VAT number of the shop."""


def is_structured(invoice: Invoice) -> bool:
    """Whether `build` can make one of it. No query."""
    return bool(invoice.seller.get("vat_number"))


def build(invoice: Invoice) -> bytes:
    """The XML, valid by the schema of Factur-X. The same paper gives the same bytes. Raises NotStructured."""
    if not is_structured(invoice):
        raise NotStructured(invoice.number)
    # Slow to load, and most pages draw nothing.
    from facturx import generate_cii_xml

    with translation.override(invoice.language):
        return generate_cii_xml(_terms(invoice), level=LEVEL, check_xsd=True, check_schematron=False)


def _terms(invoice: Invoice) -> dict:
    lines, category = list(invoice.lines.all()), _category(invoice)
    paid = invoice.gross if _is_paid(invoice) else 0
    notes = [*invoice.remarks, *_words(invoice)]
    terms = {
        "BT-1": invoice.number,
        "BT-2": invoice.issued_on,
        "BT-3": CREDIT_NOTE if invoice.is_credit else INVOICE,
        "BT-5": invoice.currency,
        "BT-14": invoice.order_number,
        "BT-20": "" if paid == invoice.gross else " ".join(_words(invoice)) or _("As agreed."),
        "BT-72": invoice.issued_on,
        "BT-81": MEANS.get(invoice.payment.get("by", ""), OTHER_MEANS),
        "BT-82": invoice.payment.get("name", ""),
        "BG-1": [{"BT-22": note} for note in notes],
        "BG-4": _seller(invoice),
        "BG-7": _party(invoice.buyer, invoice.country.code),
        "BG-13": _address(invoice.delivers_to or invoice.buyer, invoice.country.code),
        "BG-23": _taxes(invoice, category),
        "BG-25": [_line(invoice, place, line, category) for place, line in enumerate(lines, 1)],
        "BT-106": _sum(invoice, invoice.net),
        "BT-109": _sum(invoice, invoice.net),
        "BT-110": _sum(invoice, invoice.tax),
        "BT-112": _sum(invoice, invoice.gross),
        "BT-113": _sum(invoice, paid),
        "BT-115": _sum(invoice, invoice.gross - paid),
    }
    if invoice.corrects:
        terms["BG-3"] = [{"BT-25": invoice.corrects.number, "BT-26": invoice.corrects.issued_on}]
    return terms


def _category(invoice: Invoice):
    """Which kind of taxing a rate of this paper is."""
    first = invoice.corrects or invoice
    country = (invoice.delivers_to or invoice.buyer).get("country") or invoice.country.code
    if invoice.taxing == Order.Taxing.REVERSE_CHARGE:
        is_sent = first.lines.filter(kind=InvoiceLine.Kind.DELIVERY).exists()
        untaxed = ACROSS if is_sent else REVERSE
    elif invoice.taxing == Order.Taxing.EXEMPT:
        untaxed = EXEMPT
    else:
        is_within = not country or country in {"GR" if code == "el" else code.upper() for code in MEMBER_STATES}
        untaxed = ZERO if is_within else EXPORT
    return lambda rate_bp: TAXED if rate_bp and invoice.taxing == Order.Taxing.TAXED else untaxed


def _line(invoice: Invoice, place: int, line: InvoiceLine, category) -> dict:
    """The price is that of all pieces together, so that price and pieces come to the sum to the cent."""
    notes = [line.detail]
    if line.discount:
        notes.append(_("%(sum)s taken off") % {"sum": f"{_sum(invoice, line.discount)} {invoice.currency}"})
    return {
        "BT-126": str(place),
        "BT-127-00": [{"BT-127": "\n".join(filter(None, notes))}],
        "BT-129": str(line.quantity),
        "BT-130": PIECE,
        "BT-131": _sum(invoice, line.net),
        "BT-146": _sum(invoice, line.net),
        "BT-149": str(line.quantity),
        "BT-151": category(line.rate_bp),
        "BT-152": _rate(line.rate_bp if invoice.taxing == Order.Taxing.TAXED else 0),
        "BT-153": line.name or str(line.get_kind_display()),
        "BT-155": line.sku,
    }


def _taxes(invoice: Invoice, category) -> list[dict]:
    """By rate: the norm does not tell countries apart."""
    sums: dict[int, list[int]] = {}
    for row in invoice.taxes.all():
        rate = row.rate_bp if invoice.taxing == Order.Taxing.TAXED else 0
        whole = sums.setdefault(rate, [0, 0])
        whole[0], whole[1] = whole[0] + row.net, whole[1] + row.tax
    return [_tax(invoice, category(rate), rate, *sums[rate]) for rate in sorted(sums, reverse=True)]


def _tax(invoice: Invoice, category: str, rate: int, net: int, tax: int) -> dict:
    told = {
        "BT-116": _sum(invoice, net),
        "BT-117": _sum(invoice, tax),
        "BT-118": category,
        "BT-119": _rate(rate),
    }
    if category not in (TAXED, ZERO):
        told["BT-120"] = " ".join(invoice.remarks) or _("No tax is charged.")
    if category in CODES:
        told["BT-121"] = CODES[category]
    return told


def _seller(invoice: Invoice) -> dict:
    seller = invoice.seller
    lines = [line.strip() for line in seller.get("address", "").splitlines() if line.strip()]
    found = {
        "name": seller.get("legal_name") or seller.get("name") or "–",
        "biz_name": seller.get("name", ""),
        "vat_identifier": seller["vat_number"].replace(" ", ""),
        "country_code": settings.SHOP_COUNTRY,
        **{f"addr_l{place}": line for place, line in enumerate(lines[:3], 1)},
    }
    contact = {"name": found["name"], "phone": seller.get("phone", ""), "email": seller.get("email", "")}
    return {**found, **_mailbox(seller), "contacts": [contact]}


def _party(buyer: dict, country: str) -> dict:
    found = {**_address(buyer, country), **_mailbox(buyer)}
    if buyer.get("vat_number"):
        found["vat_identifier"] = buyer["vat_number"]
    return found


def _address(lines: dict, country: str) -> dict:
    return {
        "name": lines.get("company") or lines.get("name") or lines.get("email") or "–",
        "addr_l1": lines.get("line1", ""),
        "addr_l2": lines.get("line2", ""),
        "postcode": lines.get("postcode", ""),
        "city": lines.get("city", ""),
        "country_subdivision": lines.get("region", ""),
        "country_code": lines.get("country") or country or settings.SHOP_COUNTRY,
    }


def _mailbox(party: dict) -> dict:
    email = party.get("email")
    return {"einvoicing_addr": email, "einvoicing_addr_schemeid": "EM"} if email else {}


def _is_paid(invoice: Invoice) -> bool:
    return not invoice.is_credit and invoice.payment.get("state") == "paid"


def _words(invoice: Invoice) -> list[str]:
    """What is to be done about it, as the PDF says."""
    told = invoice.payment
    if invoice.is_credit:
        return [_("The money goes back the way it came. Banks may take some days.")]
    if told.get("state") == "paid":
        return []
    return [part for part in (told.get("name"), told.get("instructions")) if part]


def _sum(invoice: Invoice, minor: int) -> str:
    return str(Money(minor, invoice.currency).amount)


def _rate(rate_bp: int) -> str:
    return f"{Decimal(rate_bp) / 100:.2f}"
