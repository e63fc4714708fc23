"""Tax as people read it: rates, the sums by rate of an order, and the sentence that an invoice must bear."""

from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from orders.models import Order, OrderTax


@dataclass(frozen=True, slots=True)
class TaxLine:
    """What was taxed at one rate; `country` only where an order was taxed in several."""

    rate_bp: int
    country: str
    net: int
    tax: int


def percent(rate_bp: int, language: str = "") -> str:
    """21 %, 5,5 %: a rate in hundredths of a percent, as readers of the language write it."""
    number = format_decimal(Decimal(rate_bp) / 100, locale=language or get_language() or "en")
    return f"{number}\N{NO-BREAK SPACE}%"


def tax_lines(order: Order) -> list[TaxLine]:
    """What of the order was taxed at which rate; nothing for what bears no tax. One query."""
    rows: list[OrderTax] = [row for row in order.taxes.all() if row.tax]
    several = len({row.country.code for row in rows}) > 1
    return [TaxLine(row.rate_bp, row.country.name if several else "", row.net, row.tax) for row in rows]


def sentence(taxing: str, sends: bool = True) -> str:
    """Why no tax was charged, as law wants it on the invoice; empty where tax was charged or nothing has to be said.

    Goods and services have articles of their own in directive 2006/112/EC.
    """
    if taxing == Order.Taxing.REVERSE_CHARGE and sends:
        return _("Reverse charge: exempt intra-Community supply, article 138 of directive 2006/112/EC.")
    if taxing == Order.Taxing.REVERSE_CHARGE:
        return _("Reverse charge: the recipient owes the tax, article 196 of directive 2006/112/EC.")
    if taxing == Order.Taxing.EXEMPT:
        return _("No tax is charged: the customer is exempt.")
    return ""
