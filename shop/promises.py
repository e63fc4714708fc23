"""What a product page promises beside its button: when it arrives, what that costs, and until when it can come back."""

from dataclasses import dataclass
from datetime import date, datetime

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language

from catalog import markets, memo
from catalog.models import Product
from orders import delivery


@dataclass(frozen=True, slots=True)
class Promise:
    """`offer` is None when nothing is sent (a file, a service) or nobody delivers to the country."""

    offer: delivery.Offer | None
    needs_delivery: bool
    country: str
    return_days: int
    return_is_free: bool


def promise_for(product: Product, price: int, now: datetime, ready_on: date | None = None) -> Promise:
    """For one piece, sent to the shop's own country. Worked out once a minute for each price.

    `ready_on` is the day on which the piece is there, None when it is there now.
    """
    needs_delivery = product.is_sent
    return Promise(
        offer=_cheapest(price, now.replace(second=0, microsecond=0), ready_on, product.lead_days or 0)
        if needs_delivery
        else None,
        needs_delivery=needs_delivery,
        country=country_name(settings.SHOP_COUNTRY),
        return_days=settings.RETURN_DAYS,
        return_is_free=settings.RETURN_IS_FREE,
    )


def _cheapest(price: int, minute: datetime, ready_on: date | None, lead_days: int) -> delivery.Offer | None:
    def work() -> delivery.Offer | None:
        currency = markets.current().currency
        found = delivery.offers(price, settings.SHOP_COUNTRY, minute, ready_on, lead_days, currency)
        return next(iter(found), None)

    return memo.remember(("offer", price, minute, ready_on, lead_days), work)


def country_name(code: str) -> str:
    """Spain, España, Испания."""
    return Locale.parse(get_language() or "en").territories.get(code, code)
