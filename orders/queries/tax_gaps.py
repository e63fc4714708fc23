"""What is wrong with how tax is set up, in sentences for staff."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django_countries import countries as names

from catalog.models import Product, TaxClass
from customers.models import ShopDetails
from orders import delivery
from orders.models import TaxRate
from orders.tax.places import UNION


def gaps(day: date) -> list[str]:
    """Classes without a rate where we deliver, a home without rates, and numbers that are missing. Four queries."""
    rates: dict[str, set[str]] = {}
    for country, code in TaxRate.objects.filter(region=None, valid_from__lte=day).values_list("country", "tax_class"):
        rates.setdefault(country, set()).add(code)
    home = settings.SHOP_COUNTRY
    if home not in rates:
        return [_("There are no rates for your own country: everything is sold without tax.")]
    return [*_missing_classes(rates), *_missing_countries(rates), *_missing_numbers()]


def _missing_classes(rates: dict[str, set[str]]) -> list[str]:
    used = Product.objects.exclude(status=Product.Status.ARCHIVED).values("tax_class")
    said = []
    for row in TaxClass.objects.filter(is_taxed=True, code__in=used):
        without = sorted(country for country, codes in rates.items() if row.code not in codes)
        if without:
            words = {"name": row.name, "countries": _named(without)}
            said.append(_("“%(name)s” has no rate in %(countries)s: such goods are sold there without tax.") % words)
    return said


def _missing_countries(rates: dict[str, set[str]]) -> list[str]:
    """Export needs no rate; a neighbour in the union does, if we are in it and send parcels there."""
    if settings.SHOP_COUNTRY not in UNION or ShopDetails.current().taxes_at_home:
        return []
    reached = delivery.terms().countries()
    reached = UNION if reached is None else reached
    without = sorted((reached & UNION) - rates.keys())
    if not without:
        return []
    return [_("You deliver to %(countries)s, and no rate is known there.") % {"countries": _named(without)}]


def _missing_numbers() -> list[str]:
    if settings.SHOP_COUNTRY in UNION and not ShopDetails.current().vat_number:
        return [_("The shop details lack your VAT number: an invoice without tax to a company abroad must name it.")]
    return []


def _named(codes: list[str]) -> str:
    told = ", ".join(str(names.name(code)) for code in codes[:6])
    return f"{told} …" if len(codes) > 6 else told
