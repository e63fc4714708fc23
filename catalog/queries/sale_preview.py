"""What a sale makes cheaper, before it begins: worked out as the clock will, without writing anything."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from catalog.actions.pricing import products_of
from catalog.actions.pricing.goods import load
from catalog.markets import base
from catalog.models import PriceChange, Sale, Variant
from catalog.pricing.reductions import LOOKS_BACK, Change, lowest_between
from catalog.pricing.rules import steps_at

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Cut:
    """A variant and what becomes of its price, in minor units of the shop's currency. `lowest`: of the last 30 days."""

    sku: str
    name: str
    was: int
    price: int
    cost: int | None
    lowest: int | None

    @property
    def percent(self) -> int:
        return round(100 * (self.was - self.price) / self.was) if self.was else 0

    @property
    def is_below_cost(self) -> bool:
        return self.cost is not None and self.price < self.cost

    @property
    def is_no_bargain(self) -> bool:
        """It was as cheap within the last 30 days: to call this a reduction misleads (article 6a)."""
        return self.lowest is not None and self.lowest <= self.price


@dataclass(frozen=True, slots=True)
class Preview:
    """The first cuts, how many variants are for sale among those covered, and of the shown ones how many are odd."""

    cuts: list[Cut]
    covered: int
    unchanged: int

    @property
    def below_cost(self) -> int:
        return sum(cut.is_below_cost for cut in self.cuts)

    @property
    def no_bargain(self) -> int:
        return sum(cut.is_no_bargain for cut in self.cuts)


def preview(sale: Sale, now: datetime) -> Preview:
    """Of a stored sale, at its beginning (or now, when it runs); at most 200 variants are looked at one by one."""
    variants = Variant.objects.filter(product__in=products_of(sale), is_active=True).order_by("sku")
    moment = max(now, sale.starts_at)
    rows = {row.pk: row for row in variants.select_related("product")[:SHOWN]}
    cuts = []
    lowest = _lowest(rows, moment)
    for good in load(rows, now):
        found = steps_at(good.rules, base(), moment).get(1)
        if found and found.sale == sale.pk:
            row = rows[good.pk]
            cuts.append(Cut(good.sku, row.product.name, found.compare_at, found.price, row.cost, lowest.get(good.pk)))
    return Preview(cuts, variants.count(), len(rows) - len(cuts))


def _lowest(variant_ids, until: datetime) -> dict[int, int | None]:
    """The lowest price in the thirty days before that moment, as far as it is known today."""
    changes: dict[int, list[Change]] = {}
    rows = PriceChange.objects.filter(variant__in=list(variant_ids), currency=settings.SHOP_CURRENCY)
    for variant, at, price in rows.order_by("at", "pk").values_list("variant_id", "at", "price"):
        changes.setdefault(variant, []).append(Change(at, price))
    return {variant: lowest_between(told, until - LOOKS_BACK, until) for variant, told in changes.items()}
