"""Who pays which rates, decided once for a cart: taxed here or there, reverse charge, or exempt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.timezone import localdate

from catalog.money import tax_inside
from customers.models import Customer, ShopDetails
from orders.models import Order
from orders.pricing import STANDARD, Item, Rule, Terms
from orders.tax.numbers import read_number
from orders.tax.places import Place, in_union
from orders.tax.provider import provider

Taxing = Order.Taxing


@dataclass(frozen=True, slots=True)
class Payer:
    """What the checkout knows of who buys.

    `vat_number` is as typed; `billing_country` empty unless the invoice goes elsewhere.
    """

    postcode: str = ""
    area: str = ""
    billing_country: str = ""
    vat_number: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rates of goods and of what goes over the wire, where each is taxed, and why perhaps nothing is taxed.

    When nothing is taxed `rates` are still what others would pay: prices are brought to net by them.
    """

    taxing: Taxing
    rates: Mapping[str, int]
    remote_rates: Mapping[str, int]
    country: str
    remote_country: str
    terms: Terms
    vat_number: str = ""
    exempt_reason: str = ""

    @property
    def is_taxed(self) -> bool:
        return self.taxing == Taxing.TAXED

    def price_for(self, item: Item) -> int:
        """One piece as this buyer pays it: where nothing is taxed, without the tax that is in the price."""
        if self.is_taxed or not self.terms.has_tax:
            return item.unit_price
        rates = self.remote_rates if item.is_remote else self.rates
        return _net(item.unit_price, rates.get(item.tax_class, 0))

    def delivery_for(self, price: int) -> int:
        if self.is_taxed or not self.terms.has_tax:
            return price
        return _net(price, self.rates.get(STANDARD, 0))


def judge(country: str, payer: Payer, customer: Customer | None, sends: bool, day: date) -> Verdict:
    """Decide for what goes to that country (`sends`), or is only delivered over the wire. One query."""
    terms = terms_of(ShopDetails.current())
    goods, remote = _places(country, payer)
    rates, remote_rates = provider().rates([goods, remote], day)
    number = read_number(payer.vat_number) if payer.vat_number else None
    taxing, reason = Taxing.TAXED, customer.tax_exempt_reason if customer else ""
    if reason:
        taxing = Taxing.EXEMPT
    elif number and _is_reversed(Place(country, payer.postcode) if sends else Place(number.country), number.country):
        taxing = Taxing.REVERSE_CHARGE
    return Verdict(
        taxing=taxing,
        rates=rates,
        remote_rates=remote_rates,
        country=goods.country,
        remote_country=remote.country,
        terms=terms,
        vat_number=number.text if number else "",
        exempt_reason=reason,
    )


def rates(country: str, day: date | None = None) -> Mapping[str, int]:
    """Tax class to rate (hundredths of a percent) in a country as a whole; empty for export. One query."""
    return provider().rates([Place(country)], day or localdate())[0]


def terms_of(details: ShopDetails) -> Terms:
    """How the merchant reckons."""
    return Terms(
        has_tax=details.prices_include_tax,
        rule=Rule(details.tax_rounding),
        delivery_follows_goods=details.delivery_tax == ShopDetails.DeliveryTax.GOODS,
    )


def _places(country: str, payer: Payer) -> tuple[Place, Place]:
    goods = Place(country, payer.postcode, payer.area)
    away = payer.billing_country and payer.billing_country != country
    remote = Place(payer.billing_country) if away else goods
    home = settings.SHOP_COUNTRY
    if ShopDetails.current().taxes_at_home:
        # A small seller's: other countries of the union are taxed as home is.
        goods = Place(home) if in_union(goods) and country != home else goods
        remote = Place(home) if in_union(remote, goods=False) and remote.country != home else remote
    return goods, remote


def _is_reversed(goes_to: Place, company: str) -> bool:
    """Sold from one member state to a company in another, and sent out of ours."""
    home = settings.SHOP_COUNTRY
    return in_union(Place(home)) and in_union(goes_to) and goes_to.country != home and company != home


def _net(price: int, rate_bp: int) -> int:
    return price - tax_inside(price, rate_bp)
