"""The rows of lists in markets beside the base one: written along with the listing, see `catalog.actions.listing`."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, OuterRef, Subquery

from catalog import bulk
from catalog.among import among
from catalog.listings.sources import Source
from catalog.markets import Market
from catalog.models import Listing, MarketListing
from catalog.queries import markets
from catalog.queries.prices import Price, quote

COLUMNS = ["product_id", "market", "in_stock", "price_min", "price_max", "compare_at", "lowest"]


def write(ids: list[int], sources: list[Source], now: datetime | None = None) -> set[int]:
    """Write the rows of these products; return the products whose rows changed."""
    stored = set(MarketListing.objects.filter(product__in=among(ids)).values_list(*COLUMNS))
    wanted = {row: None for market in markets.others(now) for row in _rows_in(market, sources, now)}
    if stale := {row[:2] for row in stored if row not in wanted}:
        gone = MarketListing.objects.filter(product__in={product for product, _ in stale})
        gone.delete()
        stored = {row for row in stored if row[0] not in {product for product, _ in stale}}
    fresh = [row for row in wanted if row not in stored]
    bulk.insert(MarketListing, [dict(zip(COLUMNS, row, strict=True)) for row in fresh])
    return {product for product, _ in stale} | {row[0] for row in fresh}


def _rows_in(market: Market, sources: list[Source], now: datetime | None):
    quotes = quote([variant.pk for source in sources for variant in source.variants], market, now)
    for source in sources:
        # In stock as the product is: that only its other variants are is for its page to say.
        sold = [(price, variant) for variant in source.variants if (price := quotes[variant.pk].first)]
        if sold:
            cheapest: Price = min(sold, key=lambda pair: (pair[0].unit, pair[1].sku))[0]
            yield (
                source.product.pk,
                market.key,
                any(variant.in_stock for variant in source.variants),
                cheapest.unit,
                max(price.unit for price, _ in sold),
                cheapest.compare_at,
                cheapest.lowest,
            )


def copy_availability(product_ids: Iterable[int]) -> None:
    """After only the stock of these changed."""
    listed = Listing.objects.filter(pk=OuterRef("product")).values("in_stock")[:1]
    rows = MarketListing.objects.filter(product__in=product_ids).exclude(in_stock=F("product__in_stock"))
    rows.update(in_stock=Subquery(listed))
