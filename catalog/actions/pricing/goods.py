"""Reading the rules of many variants at once, in a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet

from catalog.actions.pricing.reach import Reach
from catalog.among import among
from catalog.markets import Market
from catalog.models import ListPrice, PriceList, Product, Sale, SalePrice, Variant
from catalog.pricing.rules import ListRule, Period, Priced, Rules, SaleRule


class Good(NamedTuple):
    """A variant with all that decides its price. `is_public`: visitors can see it, so its price is history."""

    pk: int
    sku: str
    product_id: int
    is_public: bool
    rules: Rules


COLUMNS = (
    "pk", "sku", "price", "compare_at_price", "is_active", "product_id", "product__status", "product__brand_id",
    "product__category__path", "product__kind",
)  # fmt: skip


def load(variant_ids: Iterable[int], now: datetime) -> list[Good]:
    """These variants with their rules; those that are gone are left out."""
    rows = list(Variant.objects.filter(pk__in=among(variant_ids)).order_by("pk").values_list(*COLUMNS))
    keys = [row[0] for row in rows]
    lists, sales = _lists(keys, now), _Sales(keys, {row[5] for row in rows}, now)
    return [
        Good(
            pk=pk,
            sku=sku,
            product_id=product_id,
            is_public=is_active and status == Product.Status.PUBLISHED,
            rules=Rules(
                base=Priced(price, compare_at),
                base_currency=settings.SHOP_CURRENCY,
                lists=tuple(lists[pk]),
                sales=sales.of(pk, product_id, brand_id, path, kind),
            ),
        )
        for pk, sku, price, compare_at, is_active, product_id, status, brand_id, path, kind in rows
    ]


def unfinished(rows: QuerySet, now: datetime) -> QuerySet:
    """Lists or sales in use that run or are to come."""
    return rows.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), is_active=True)


def _lists(variant_ids: list[int], now: datetime) -> dict[int, list[ListRule]]:
    lists = {row.pk: row for row in unfinished(PriceList.objects, now)}
    found: dict[int, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    if lists:
        rows = ListPrice.objects.filter(price_list__in=lists, variant__in=among(variant_ids))
        for variant, key, step, price in rows.values_list("variant_id", "price_list_id", "from_quantity", "price"):
            found[variant][key][step] = price
    rules: dict[int, list[ListRule]] = defaultdict(list)
    for variant, prices in found.items():
        rules[variant] = [_list_rule(lists[key], steps) for key, steps in sorted(prices.items())]
    return rules


def _list_rule(row: PriceList, prices: dict[int, int]) -> ListRule:
    market = Market(row.currency, row.group)
    return ListRule(market, Period(row.starts_at, row.ends_at), (row.priority, row.pk), prices)


class _Sales:
    def __init__(self, variant_ids: list[int], product_ids: set[int], now: datetime) -> None:
        self._sales = list(unfinished(Sale.objects, now))
        if not self._sales:
            return
        self._reach = Reach(self._sales, product_ids)
        self._prices: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
        rows = SalePrice.objects.filter(sale__in=[sale.pk for sale in self._sales], variant__in=among(variant_ids))
        for sale, variant, currency, price in rows.values_list("sale_id", "variant_id", "currency", "price"):
            self._prices[sale, variant][currency] = price

    def of(self, variant_id: int, product_id: int, brand_id: int | None, path: str, kind: str) -> tuple[SaleRule, ...]:
        if not self._sales:
            return ()
        # Nobody sells money for less by the way: a gift card is in a sale only when it is named itself.
        is_money = kind == Product.Kind.GIFT_CARD
        reached = self._reach.named(product_id) if is_money else self._reach.of(product_id, brand_id, path)
        return tuple(
            _sale_rule(sale, self._prices.get((sale.pk, variant_id), {}), sale.pk in reached)
            for sale in self._sales
            if sale.pk in reached or (sale.pk, variant_id) in self._prices
        )


def _sale_rule(sale: Sale, prices: dict[str, int], is_covered: bool) -> SaleRule:
    """A variant that only has a price of its own is reduced to that, not by the percentage of the others."""
    return SaleRule(
        pk=sale.pk,
        period=Period(sale.starts_at, sale.ends_at),
        percent=(sale.percent or 0) if is_covered and sale.kind == Sale.Kind.PERCENT else 0,
        amount=(sale.amount or 0) if is_covered and sale.kind == Sale.Kind.AMOUNT else 0,
        currency=sale.currency,
        prices=prices,
        shows_end=sale.shows_end,
    )
