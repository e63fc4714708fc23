"""Tax: who pays which rate where, and why somebody pays none. The sums themselves are in `orders.pricing`."""

from orders.tax.numbers import VatNumber, read_number
from orders.tax.places import Place, in_union
from orders.tax.provider import Provider, provider
from orders.tax.verdict import Payer, Verdict, judge, rates

__all__ = [
    "Payer",
    "Place",
    "Provider",
    "VatNumber",
    "Verdict",
    "in_union",
    "judge",
    "provider",
    "rates",
    "read_number",
]
