"""What a product page promises beside its button: when it arrives, what that costs, and until when it can come back."""

from dataclasses import dataclass
from datetime import date, datetime

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language

from catalog import markets, memo
from catalog.models import Product
from orders import delivery
from orders.delivery import Parcel, Wait
from orders.delivery.parcel import Piece
from orders.tax.places import Place


@dataclass(frozen=True, slots=True)
class Promise:
    """`offer` is None when nothing is sent (a file, a service) or nobody delivers to the country."""

    offer: delivery.Offer | None
    needs_delivery: bool
    country: str
    return_days: int
    return_is_free: bool


def promise_for(
    product: Product, price: int, now: datetime, ready_on: date | None = None, weight_g: int = 0
) -> Promise:
    """For one piece, sent to the shop's own country. Worked out once a minute for each price.

    `ready_on` is the day on which the piece is there, None when it is there now.
    """
    needs_delivery = product.is_sent
    return Promise(
        offer=_cheapest(
            Parcel(price, weight_g, pieces=(Piece(product.pk, product.type_id, product.category_id),)),
            now.replace(second=0, microsecond=0),
            Wait(ready_on, product.lead_days or 0),
        )
        if needs_delivery
        else None,
        needs_delivery=needs_delivery,
        country=country_name(settings.SHOP_COUNTRY),
        return_days=settings.RETURN_DAYS,
        return_is_free=settings.RETURN_IS_FREE,
    )


def _cheapest(parcel: Parcel, minute: datetime, wait: Wait) -> delivery.Offer | None:
    def work() -> delivery.Offer | None:
        place, currency = Place(settings.SHOP_COUNTRY), markets.current().currency
        found = delivery.survey(delivery.terms(), parcel, place, minute, currency, wait)
        return next((offer for offer in found.offers if not offer.is_pickup), None)

    return memo.remember(("offer", parcel, minute, wait), work)


def country_name(code: str) -> str:
    """Spain, España, Испания."""
    return Locale.parse(get_language() or "en").territories.get(code, code)
