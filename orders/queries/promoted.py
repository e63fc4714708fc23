"""What promotions do to a cart: the basket is put together, the engine asked, the outcome kept by delivery."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from catalog.models import CollectionMember
from orders.delivery import Offer
from orders.models import Cart
from orders.promotions import Applied, Basket, Good, Outcome, Refused, Rule, Standing, reckon, segments
from orders.promotions.rules import Target
from orders.promotions.tallies import Buyer, Opened
from orders.queries import promotion_standing as counted
from orders.queries.cart_lines import Line

NOTHING = Outcome()


@dataclass(frozen=True, slots=True)
class Entered:
    """A code that was typed, and what came of it; neither `applied` nor `refused` when it opens nothing any more."""

    key: str
    code: str
    applied: Applied | None = None
    refused: Refused | None = None


class Promoter:
    """Reckons one cart, for each way to deliver it. Costs no query where there are no promotions."""

    def __init__(
        self, cart: Cart, lines: Iterable[Line], country: str, buyer: Buyer, now: datetime, rules: tuple[Rule, ...]
    ) -> None:
        self.cart, self.country, self.buyer, self.now = cart, country, buyer, localtime(now)
        opened = counted.opened_by(cart.codes)
        self.opened: dict[int, Opened] = {one.promotion: one for one in reversed(opened)}
        known = {rule.pk for rule in rules}
        self.codes = [one for one in opened if one.promotion in known]
        self.rules = [rule for rule in rules if not rule.needs_code or rule.pk in self.opened]
        self.goods = goods_of(lines, self.rules) if self.rules else ()
        self.standing = self._standing()
        self.before = self._orders_before()
        self.segments = segments.of(buyer) if any(rule.segment for rule in self.rules) else frozenset()
        self._known: dict[tuple, Outcome] = {}

    def of(self, offer: Offer | None) -> Outcome:
        """What comes of it when it is delivered so (None: nothing is sent, or nobody knows how)."""
        if not self.rules or not self.goods:
            return NOTHING
        depends = any(rule.target == Target.SHIPPING for rule in self.rules)
        key = (offer.method.pk, offer.price) if offer and depends else ()
        if key not in self._known:
            self._known[key] = reckon(self._basket(offer if depends else None), self.rules, self.standing)
        return self._known[key]

    def having(self, lines: Iterable[Line]) -> "Promoter":
        """The same for other lines: whoever buys, and what is counted of him, stays."""
        other = copy(self)
        other.goods, other._known = goods_of(lines, self.rules), {}
        return other

    def entered(self, outcome: Outcome) -> list[Entered]:
        """Each typed code with its fate, in the order in which they were typed."""
        applied = {one.rule.pk: one for one in outcome.applied}
        refused = {one.rule.pk: one for one in outcome.refused}
        found = {one.key: one for one in self.codes}
        return [
            Entered(key, found[key].code, applied.get(found[key].promotion), refused.get(found[key].promotion))
            if key in found
            else Entered(key, key)
            for key in self.cart.codes
        ]

    def _basket(self, offer: Offer | None) -> Basket:
        return Basket(
            goods=self.goods,
            currency=self.cart.currency,
            at=self.now,
            country=self.country,
            group=self.buyer.group,
            segments=self.segments,
            orders_before=self.before,
            delivery=offer.price if offer else None,
            method=offer.method.pk if offer else 0,
            codes={pk: one.code for pk, one in self.opened.items()},
        )

    def _standing(self) -> Standing:
        day, currency = self.now.date(), self.cart.currency
        return counted.standing(self.rules, self.opened, self.buyer, day, currency, self.cart)

    def _orders_before(self) -> int | None:
        most = max((rule.nth_order or 0 for rule in self.rules), default=0)
        return counted.orders_before(self.buyer, most) if most else None


def goods_of(lines: Iterable[Line], rules: Iterable[Rule]) -> tuple[Good, ...]:
    """The lines that are sold, as the engine reads them. One query, none where no rule names a collection."""
    # Nobody buys money for less.
    lines = [line for line in lines if line.is_sold and not line.is_gift_card]
    named = {key for rule in rules for key in rule.goods.collections}
    members: dict[int, set[int]] = {}
    if named and lines:
        rows = CollectionMember.objects.filter(collection__in=named, product__in={line.product.pk for line in lines})
        for product, collection in rows.exclude(kind="out").values_list("product_id", "collection_id"):
            members.setdefault(product, set()).add(collection)
    return tuple(
        Good(
            key=line.pk,
            unit_price=line.unit_price,
            quantity=line.quantity,
            variant=line.variant.pk,
            product=line.product.pk,
            category=line.product.category_id,
            brand=line.product.brand_id,
            collections=frozenset(members.get(line.product.pk, ())),
            is_reduced=line.is_reduced,
            is_gift=line.is_gift,
        )
        for line in lines
    )
