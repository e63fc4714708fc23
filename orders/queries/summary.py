"""What a cart comes to: one answer for the cart page, for the checkout and for the order made of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language

from orders import delivery, kept
from orders.delivery import Offer, Survey
from orders.delivery.words import why_nothing
from orders.models import Cart
from orders.pricing import Priced, Row, price
from orders.promotions import Outcome
from orders.promotions.rules import Target
from orders.promotions.tallies import Buyer
from orders.queries import promotion_rules
from orders.queries.cart_lines import Line, lines_of
from orders.queries.credit import Means, leaving_enough, means_of, shares
from orders.queries.gifts import Given, given
from orders.queries.parcel import parcel_of, wait_of_parcel
from orders.queries.promoted import Entered, Promoter
from orders.tax import Payer, Verdict, judge
from orders.tax.places import Place
from orders.tax.words import sentence


@dataclass(frozen=True, slots=True)
class Asked:
    """What a summary was made for: who asks the same of the same cart gets the same."""

    country: str
    method: str | None
    email: str
    payer: Payer
    language: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A cart, priced for a country. Amounts are minor units of `currency`, as `tax` says with tax or without.

    `chosen` is the offer of the wanted method, None when nothing was wanted or it is not offered; `cheapest` is the
    estimate until then. `to_free_delivery` is 0 when delivery is free already, None when no sum makes it so.
    `outcome` says what promotions do; goods and `goods_total` are without them, the total is with them.
    """

    cart: Cart
    country: str
    currency: str
    lines: tuple[Line, ...]
    offers: tuple[Offer, ...]
    chosen: Offer | None
    priced: Priced
    to_free_delivery: int | None
    outcome: Outcome
    tax: Verdict
    promoter: Promoter
    asked: Asked
    means: tuple[Means, ...] = ()
    # Why no parcel is offered for what must be sent; empty when one is. It may be picked up all the same.
    why_not_delivered: str = ""
    # What a promotion would give, and is sold out.
    gifts_gone: tuple[Line, ...] = ()

    @property
    def cheapest(self) -> Offer | None:
        return self.offers[0] if self.offers else None

    @property
    def delivery(self) -> Offer | None:
        """The offer that is in the total: the chosen one, or the cheapest as an estimate."""
        return self.chosen or self.cheapest

    @property
    def is_estimate(self) -> bool:
        return self.needs_delivery and self.chosen is None

    @property
    def needs_delivery(self) -> bool:
        return any(line.needs_delivery for line in self.lines)

    @property
    def waits_for_a_day(self) -> bool:
        """Something in the parcel is still to come, and nobody knows when: no day of arrival can be promised."""
        return any(line.wait is not None and line.wait.day is None for line in self.lines if line.needs_delivery)

    @property
    def is_delivered(self) -> bool:
        """Whether everything that must be sent can be sent to this country."""
        return bool(self.offers) or not self.needs_delivery

    @property
    def is_empty(self) -> bool:
        return not self.lines

    @property
    def item_count(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def problems(self) -> tuple[Line, ...]:
        """The lines that stand in the way of an order."""
        return tuple(line for line in self.lines if line.problem and line.problem.is_blocking)

    @property
    def can_be_ordered(self) -> bool:
        return bool(self.lines) and not self.problems and self.is_delivered

    @property
    def goods_total(self) -> int:
        return self.priced.goods_total

    @property
    def delivery_total(self) -> int:
        """As prices are written: with tax, or without in a shop whose prices have none."""
        row = self.priced.delivery
        if row is None:
            return 0
        return row.gross if self.tax.terms.has_tax else row.net

    @property
    def tax_total(self) -> int:
        return self.priced.tax_total

    @property
    def total(self) -> int:
        return self.priced.total

    def paid_by(self, total: int | None = None) -> list[tuple[Means, int]]:
        """What each gift card in the cart pays of that total (else of its own). No card buys another card."""
        if not self.means:
            return []
        total = self.total if total is None else total
        money = sum(row.gross for line, row in self.priced_lines() if line.is_gift_card)
        parts = shares(self.means, max(total - money, 0))
        return leaving_enough(parts, total - sum(part for _means, part in parts), self.currency)

    def to_pay(self, total: int | None = None) -> int:
        """What the gift cards leave of that total (else of its own)."""
        return (self.total if total is None else total) - sum(part for _means, part in self.paid_by(total))

    @property
    def credit_available(self) -> int:
        return sum(one.available for one in self.means)

    @property
    def untaxed_sentence(self) -> str:
        """Why nothing is taxed, if nothing is."""
        return sentence(self.tax.taxing, self.needs_delivery)

    @property
    def shows_net(self) -> bool:
        """Whether prices are without tax and it is added below them."""
        return not self.tax.terms.has_tax

    @property
    def entered(self) -> list[Entered]:
        """The codes that were typed, each with what came of it."""
        return self.promoter.entered(self.outcome)

    def priced_lines(self) -> list[tuple[Line, Row]]:
        """The lines that are sold, each with its net, tax and gross."""
        return list(zip((line for line in self.lines if line.is_sold), self.priced.rows, strict=True))

    def sent_by(self, offer: Offer) -> tuple[Outcome, Priced]:
        """The same cart, delivered in another way: promotions on delivery may be worth more or less."""
        outcome = self.promoter.of(offer)
        return outcome, _priced(promoted(self.lines, outcome), self.tax, offer, outcome)


def summarise(
    cart: Cart,
    country: str | None = None,
    method: str | None = None,
    now: datetime | None = None,
    *,
    email: str = "",
    state: str | None = None,
    payer: Payer | None = None,
    gifts: bool = True,
) -> Summary:
    """Read and price a cart, in the active language; at most five queries however many lines it has, one more when
    its pictures are looked at, three where codes were typed or limits are counted, one where a gift card was entered.

    `country` is where it goes (else the cart's, else the shop's own), `method` the code of the wanted delivery method,
    `email` who buys, where it was typed, `state` the revision of the catalogue for whoever has asked for it already,
    `payer` what else decides about tax. Gifts of promotions are put in, unless `gifts` is False.
    """
    state = kept.state() if state is None else state
    country = country or cart.country or settings.SHOP_COUNTRY
    asked = Asked(country, method, email.strip().lower(), payer or Payer(), get_language() or "")
    with kept.at(state):
        return _summary(cart, asked, now or timezone.now(), state, gifts)


def _summary(cart: Cart, asked: Asked, now: datetime, state: str, gifts: bool) -> Summary:
    country = asked.country
    lines = lines_of(cart, now)
    payer = asked.payer
    sends = any(line.needs_delivery for line in lines)
    place = Place(country, payer.postcode, payer.area)
    found = surveyed(cart, lines, place, now, state) if sends else Survey()
    customer = cart.customer if cart.customer_id else None
    verdict = judge(country, payer, customer, sends, localdate(now))
    offers = found.offers
    if not verdict.is_taxed:
        lines = [replace(line, unit_price=verdict.price_for(line.item)) if line.is_sold else line for line in lines]
        offers = [replace(offer, price=verdict.delivery_for(offer.price)) for offer in offers]
    chosen = next((offer for offer in offers if offer.code == asked.method), None)
    sent = chosen or (offers[0] if offers else None)
    rules = promotion_rules.current(state, now)
    promoter = Promoter(cart, lines, country, buyer_of(cart, asked.email), now, rules)
    if gifts:
        gift = given(cart, list(lines), promoter, sent, now, sends)
    else:
        gift = Given(list(lines), promoter, promoter.of(sent))
    promoter, outcome = gift.promoter, gift.outcome
    lines = promoted(gift.lines, outcome)
    priced = _priced(lines, verdict, sent, outcome)
    is_free = priced.delivery is not None and priced.delivery.gross == 0 and sent.goes_to_door
    return Summary(
        cart=cart,
        country=country,
        currency=cart.currency,
        lines=tuple(lines),
        offers=tuple(offers),
        chosen=chosen,
        priced=priced,
        to_free_delivery=0 if is_free else found.missing_for_free,
        outcome=outcome,
        tax=verdict,
        promoter=promoter,
        asked=asked,
        means=means_of(cart, now),
        gifts_gone=gift.gone,
        why_not_delivered=why_nothing(found, parcel_of(lines), place, cart.currency) if sends else "",
    )


def surveyed(cart: Cart, lines: list[Line], place: Place, now: datetime, state: str) -> Survey:
    """What can be offered for these lines. No query, but once after each change of the terms."""
    terms = delivery.terms(state)
    return delivery.survey(terms, parcel_of(lines), place, now, cart.currency, wait_of_parcel(lines, terms))


def buyer_of(cart: Cart, email: str = "") -> Buyer:
    """Who buys: the customer of the cart, else whoever typed that address."""
    customer = cart.customer if cart.customer_id else None
    typed = customer.email if customer else email or cart.email
    return Buyer(typed.strip().lower(), cart.customer_id, (customer.group_id or "") if customer else "")


def promoted(lines: Iterable[Line], outcome: Outcome) -> list[Line]:
    """The lines with what is taken off them, and by which promotions on goods."""
    reasons: dict[int, list[tuple[str, int]]] = {}
    for applied in outcome.applied:
        for key, amount in applied.parts.items() if applied.rule.target == Target.PRODUCT else ():
            reasons.setdefault(key, []).append((applied.rule.name, amount))
    return [
        replace(line, discount=outcome.off.get(line.pk, 0), reasons=tuple(reasons.get(line.pk, ()))) for line in lines
    ]


def _priced(lines: Iterable[Line], verdict: Verdict, sent: Offer | None, outcome: Outcome) -> Priced:
    items = [line.item for line in lines if line.is_sold]
    # Prices are without tax already where nothing is taxed.
    here, away = (verdict.rates, verdict.remote_rates) if verdict.is_taxed else ({}, {})
    return price(items, here, sent.price if sent else None, outcome.off_delivery, verdict.terms, away)
