"""Paying at once: on the provider's page, which asks for the address instead of our own long form.

It is offered only where the sum is known before the address is: it may depend on the country, but on nothing beyond.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone
from django.utils.timezone import localdate

from orders import providers
from orders.delivery import Offer
from orders.models import Cart, PaymentMethod
from orders.queries.places import are_alike, is_told_by_region
from orders.queries.summary import Summary
from orders.queries.ways_to_pay import takes
from orders.tax import Payer


class WhyNot(StrEnum):
    """Why a cart has to go by the checkout."""

    NO_CARDS = "no provider takes cards and asks for addresses in that country"
    NOT_ALONE = "staff fills the cart"
    CANNOT_BE_ORDERED = "empty, or something stands in the way of an order"
    NO_PARCEL = "nothing is sent, or it can only be picked up"
    NOTHING_TO_PAY = "it costs nothing"
    GIFT_CARD = "a gift card or store credit pays a part"
    COMPANY = "the buyer's VAT number or the address of the invoice decides about tax"
    REGION = "states or provinces decide about delivery or tax"
    ANOTHER_PLACE = "the address that is known costs something else than the country as a whole"
    BUYER = "a promotion depends on who buys, and nobody has said who he is"


@dataclass(frozen=True, slots=True)
class AtOnce:
    """What can be paid at once: the cart sent by this offer to that country. `total` is minor units."""

    country: str
    offer: Offer
    total: int
    currency: str


def at_once(summary: Summary) -> AtOnce | None:
    """The cheapest parcel to the country of the summary; None for whatever has to go by the checkout. No query."""
    if why_not(summary):
        return None
    offer = parcel_of(summary)
    total = summary.total if offer == summary.delivery else summary.sent_by(offer)[1].total
    return AtOnce(summary.country, offer, total, summary.currency)


def parcel_of(summary: Summary) -> Offer | None:
    return next((offer for offer in summary.offers if offer.goes_to_door), None)


def why_not(summary: Summary) -> WhyNot | None:
    """The first thing that stands in the way; None when nothing does."""
    return next((why for why, is_so in _reasons(summary) if is_so), None)


def _reasons(summary: Summary):
    """One after the other: what needs nothing worked out stands first."""
    payer = summary.asked.payer
    yield WhyNot.NO_CARDS, not (takes(PaymentMethod.Code.CARD) and providers.asks_address(summary.country))
    yield WhyNot.NOT_ALONE, summary.cart.channel != Cart.Channel.WEB
    yield WhyNot.CANNOT_BE_ORDERED, not summary.can_be_ordered
    yield WhyNot.NO_PARCEL, not summary.needs_delivery or parcel_of(summary) is None
    yield WhyNot.NOTHING_TO_PAY, not summary.total
    yield WhyNot.GIFT_CARD, bool(summary.means)
    yield WhyNot.COMPANY, bool(payer.vat_number or payer.billing_country)
    # An exception among postcodes is exact, and seen when the address comes; regions everybody writes in his own way.
    yield WhyNot.REGION, is_told_by_region(summary.country)
    yield WhyNot.ANOTHER_PLACE, not _is_anywhere(summary)
    yield WhyNot.BUYER, not summary.cart.customer_id and _depends_on_buyer(summary)


def _is_anywhere(summary: Summary) -> bool:
    payer = summary.asked.payer
    customer = summary.cart.customer if summary.cart.customer_id else None
    return are_alike(summary.country, payer, Payer(), customer, True, localdate(timezone.now()))


def _depends_on_buyer(summary: Summary) -> bool:
    rules = [applied.rule for applied in summary.outcome.applied]
    return any(rule.groups or rule.segment or rule.nth_order or rule.limit_per_customer is not None for rule in rules)
