"""What a variant has cost, as a small drawing and as a table: steps, for a price holds until it changes."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from catalog.models import PriceChange, Product
from catalog.moments import stamp
from catalog.money import format_minor

WIDTH, HEIGHT, MARGIN = 320, 64, 4
# Variants drawn on the page of a product, and rows under each drawing.
VARIANTS, ROWS = 12, 12


def history_of(product: Product, language: str) -> str:
    """The past prices of its first variants, in the currency of the shop. Two queries."""
    variants = list(product.variants.filter(is_active=True).order_by("position", "id")[:VARIANTS])
    found: dict[int, list[PriceChange]] = {variant.pk: [] for variant in variants}
    rows = PriceChange.objects.filter(variant__in=variants, currency=settings.SHOP_CURRENCY).order_by("at", "pk")
    for row in rows:
        found[row.variant_id].append(row)
    now = timezone.now()
    drawn = [
        {"sku": variant.sku, "points": points(found[variant.pk], now), "rows": _rows(found[variant.pk], language)}
        for variant in variants
        if found[variant.pk]
    ]
    return render_to_string("office/price-chart.html", {"drawn": drawn, "width": WIDTH, "height": HEIGHT})


def points(changes: Sequence[PriceChange], now: datetime) -> str:
    """The line of an SVG, from the first price to now, the dearest on top; empty for a price that never changed."""
    prices = [change.price for change in changes]
    if len(set(prices)) < 2:
        return ""
    began, span = changes[0].at, max((now - changes[0].at).total_seconds(), 1)
    low, high = min(prices), max(prices)

    def place(at: datetime, price: int) -> str:
        x = MARGIN + (WIDTH - 2 * MARGIN) * (at - began).total_seconds() / span
        y = MARGIN + (HEIGHT - 2 * MARGIN) * (high - price) / (high - low)
        return f"{x:.1f},{y:.1f}"

    ends = [change.at for change in changes[1:]] + [now]
    return " ".join(
        f"{place(change.at, change.price)} {place(end, change.price)}"
        for change, end in zip(changes, ends, strict=True)
    )


def _rows(changes: Sequence[PriceChange], language: str) -> list[dict]:
    return [
        {
            "at": stamp(row.at),
            "price": format_minor(row.price, row.currency, language),
            "before": format_minor(row.compare_at, row.currency, language) if row.compare_at else "",
            "why": " · ".join(filter(None, (row.get_reason_display(), row.note, row.actor))),
        }
        for row in reversed(changes[-ROWS:])
    ]
