"""Prices beside the plain ones: dollars, a trade group that pays less for more, a sale with an end, and a past."""

from datetime import datetime, timedelta

from catalog.models import Category, ListPrice, PriceChange, PriceList, Sale, Variant
from customers.models import Customer, CustomerGroup
from orders.models import DeliveryMethod, DeliveryPrice
from shop.demo.data import spread
from shop.demo.merchant import PASSWORD

# Dollars are typed by hand in a real shop: a round sum for each thing, not the rate of a day.
DOLLARS_PER_EURO, ROUND_TO = 1.18, 100
PARCELS = {"home": (900, 9000), "express": (1900, None), "europe": (1900, 15000)}
# Wholesale for cafés and guest houses: what a table needs, by the dozen.
TRADE_STEPS = {1: 90, 12: 80, 48: 72}
ON_SALE = "candles"


def set_prices(variants: list[Variant], now: datetime) -> None:
    """Lists, a group with a member, a sale and the history of every price. Before the listings are made."""
    _remember(variants, now)
    _ask_dollars(variants)
    _serve_trade(variants)
    _reduce(now)


def dollars(minor: int) -> int:
    """A price in US cents for one in euro cents."""
    return max(ROUND_TO, round(minor * DOLLARS_PER_EURO / ROUND_TO) * ROUND_TO)


def _remember(variants: list[Variant], now: datetime) -> None:
    """What each has cost since it came; what is marked down was so for two weeks."""
    rows = []
    for variant in variants:
        first = variant.compare_at_price or variant.price
        came = variant.product.published_at
        rows.append(_change(variant, first, None, came))
        if variant.compare_at_price:
            rows.append(_change(variant, variant.price, variant.compare_at_price, max(came, now - timedelta(days=14))))
    PriceChange.objects.bulk_create(sorted(rows, key=lambda row: row.at))


def _change(variant: Variant, price: int, before: int | None, at: datetime) -> PriceChange:
    return PriceChange(
        variant=variant, sku=variant.sku, currency="EUR", price=price, compare_at=before, reason="set", at=at,
        actor="owner@lumbre.example",
    )  # fmt: skip


def _ask_dollars(variants: list[Variant]) -> None:
    listed = PriceList.objects.create(name="US dollar", currency="USD")
    ListPrice.objects.bulk_create(
        ListPrice(price_list=listed, variant=variant, price=dollars(variant.price)) for variant in variants
    )
    methods = {method.code: method for method in DeliveryMethod.objects.all()}
    DeliveryPrice.objects.bulk_create(
        DeliveryPrice(method=methods[code], currency="USD", price=price, free_from=free)
        for code, (price, free) in PARCELS.items()
    )


def _serve_trade(variants: list[Variant]) -> None:
    group = CustomerGroup.objects.create(code="trade", name="Cafés and guest houses")
    Customer.objects.create_user("trade@lumbre.example", PASSWORD, name="Casa Rural El Olivo", group=group)
    listed = PriceList.objects.create(name="Trade", group=group.code)
    table = Category.objects.get(slug="table")
    goods = [variant for variant in variants if variant.product.category.path.startswith(table.path)]
    ListPrice.objects.bulk_create(
        # To ten cents: nobody writes an offer of 17.37.
        ListPrice(price_list=listed, variant=good, from_quantity=step, price=round(good.price * part / 1000) * 10)
        for good in goods
        for step, part in TRADE_STEPS.items()
    )


def _reduce(now: datetime) -> None:
    ends = (now + timedelta(days=6)).replace(hour=17, minute=0, second=0, microsecond=0)
    sale = Sale.objects.create(
        percent=15, starts_at=now - timedelta(days=1), ends_at=ends, shows_end=True,
        **spread(name={"en": "Candle week", "es": "Semana de las velas", "ru": "Неделя свечей"}),
    )  # fmt: skip
    sale.categories.set(Category.objects.filter(slug=ON_SALE))
