"""The variants of a product with what may be had of them."""

from datetime import date

from django.db import connection
from django.utils.timezone import localdate

from catalog import markets
from catalog.models import Product
from catalog.queries import prices
from catalog.queries.bundles import Part, parts_of, supplies_of, supply_of_bundle
from catalog.queries.product.availability import availability_of
from catalog.queries.product.parts import VariantView
from catalog.queries.product.rows import AxisValue
from catalog.queries.supply import Supply

# The places that serve the web shop, summed. A shelf below nothing takes nothing from another.
_STOCK = """
SELECT variant_id,
  SUM(CASE WHEN on_hand > reserved + safety THEN on_hand - reserved - safety ELSE 0 END) AS ready,
  SUM(CASE WHEN on_hand + back_order > reserved + safety THEN on_hand + back_order - reserved - safety ELSE 0 END)
    AS sellable,
  MIN(CASE WHEN back_order > 0 THEN comes_on END) AS comes_on
FROM catalog_stocklevel
WHERE variant_id IN (SELECT id FROM catalog_variant WHERE product_id = %s)
  AND location_id IN (SELECT id FROM catalog_location WHERE is_active AND sells_online)
GROUP BY variant_id
"""
# One row for each step of a variant's price.
_VARIANTS = f"""
SELECT {prices.COLUMNS}, variant.sku, variant.barcode, variant.tracks_stock, variant.released_on, variant.weight_g,
  stock.ready, stock.sellable, stock.comes_on
FROM catalog_variant variant {prices.JOIN} LEFT JOIN ({_STOCK}) stock ON stock.variant_id = variant.id
WHERE variant.product_id = %s AND variant.is_active ORDER BY variant.position, variant.id, e.from_quantity
"""  # noqa: S608 - only fixed text is put together here.


def variants(
    product: Product, places: list[tuple[int, AxisValue]]
) -> tuple[list[VariantView], dict[int, tuple[Part, ...]]]:
    """Every variant for sale with what the shelf has of it, and the parts of each that is a bundle.

    One query; four for a bundle.
    """
    chosen: dict[int, list[AxisValue]] = {}
    for variant, value in places:
        chosen.setdefault(variant, []).append(value)
    market = markets.current()
    with connection.cursor() as cursor:
        cursor.execute(_VARIANTS, [*prices.join_params(market), product.pk, product.pk])
        steps = cursor.fetchall()
    quotes = prices.quotes_of(steps, market)
    rows = list(dict.fromkeys((row[0], *row[prices.WIDTH :]) for row in steps))
    supplies = {
        pk: Supply(ready or 0, sellable or 0, _day(comes_on)) if counted else None
        for pk, _sku, _barcode, counted, _released_on, _weight, ready, sellable, comes_on in rows
    }
    parts: dict[int, list[Part]] = {}
    if product.kind == Product.Kind.BUNDLE:
        parts = parts_of(supplies)
        stock = supplies_of({part.variant_id for found in parts.values() for part in found if part.is_counted})
        supplies = {pk: supply_of_bundle(found, stock) for pk, found in parts.items()}
    today = localdate()
    views = [
        VariantView(
            pk=pk,
            sku=sku,
            barcode=barcode,
            quote=quotes[pk],
            values={value.axis: value.code for value in chosen.get(pk, [])},
            words=", ".join(value.label for value in chosen.get(pk, [])),
            availability=availability_of(supplies[pk], today, _day(released_on)),
            weight_g=weight_g,
        )
        for pk, sku, barcode, _counted, released_on, weight_g, *_numbers in rows
    ]
    return views, {pk: tuple(found) for pk, found in parts.items()}


def _day(value: date | str | None) -> date | None:
    """SQLite keeps days as text."""
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value
