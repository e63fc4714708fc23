"""What a cart comes to: one answer for the cart page, for the checkout and for the order made of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from orders import delivery, tax
from orders.delivery import Offer
from orders.models import Cart
from orders.pricing import Priced, Row, price
from orders.queries.cart_lines import Line, lines_of


@dataclass(frozen=True, slots=True)
class Summary:
    """A cart, priced for a country. Amounts are minor units of `currency`, tax included.

    `chosen` is the offer of the wanted method, None when nothing was wanted or it is not offered; `cheapest` is the
    estimate until then. `to_free_delivery` is 0 when delivery is free already, None when no sum makes it so.
    """

    cart: Cart
    country: str
    currency: str
    lines: tuple[Line, ...]
    offers: tuple[Offer, ...]
    chosen: Offer | None
    priced: Priced
    to_free_delivery: int | None

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
        return self.priced.delivery.gross if self.priced.delivery else 0

    @property
    def tax_total(self) -> int:
        return self.priced.tax_total

    @property
    def total(self) -> int:
        return self.priced.total

    def priced_lines(self) -> list[tuple[Line, Row]]:
        """The lines that are sold, each with its net, tax and gross."""
        return list(zip((line for line in self.lines if line.is_sold), self.priced.rows, strict=True))


def summarise(
    cart: Cart, country: str | None = None, method: str | None = None, now: datetime | None = None
) -> Summary:
    """Read and price a cart, in the active language; at most seven queries however many lines it has.

    `country` is where it goes (else the cart's, else the shop's own), `method` the code of the wanted delivery method.
    """
    country = country or cart.country or settings.SHOP_COUNTRY
    now = now or timezone.now()
    lines = lines_of(cart, now)
    goods = sum(line.gross for line in lines)
    methods = []
    if any(line.needs_delivery for line in lines):
        methods = delivery.methods_in(cart.currency)
    offers = delivery.offers_among(methods, goods, country, now, ready_on(lines), lead_days(lines))
    chosen = next((offer for offer in offers if offer.code == method), None)
    sent = chosen or (offers[0] if offers else None)
    items = [line.item for line in lines if line.is_sold]
    return Summary(
        cart=cart,
        country=country,
        currency=cart.currency,
        lines=tuple(lines),
        offers=tuple(offers),
        chosen=chosen,
        priced=price(items, tax.rates(country) if items else {}, sent.price if sent else None),
        to_free_delivery=delivery.missing_for_free(methods, goods, country),
    )


def lead_days(lines: Iterable[Line]) -> int:
    """The working days that the slowest thing made to order takes; 0 when all is there."""
    return max((line.product.lead_days or 0 for line in lines if line.needs_delivery), default=0)


def ready_on(lines: Iterable[Line]) -> date | None:
    """The first day on which everything that is sent is there, if something is still to come."""
    return max((line.wait.day for line in lines if line.needs_delivery and line.wait and line.wait.day), default=None)
