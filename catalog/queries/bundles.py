"""What is in a bundle, in the active language."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.models import BundleItem, Product, StockLevel
from catalog.queries.supply import Supply, supply_of, together


@dataclass(frozen=True, slots=True)
class Part:
    """So many pieces of a variant in one bundle; `words` name the variant. Its page is empty when it has none."""

    variant_id: int
    sku: str
    name: str
    words: str
    quantity: int
    is_counted: bool
    slug: str = ""


def parts_of(bundle_ids: Iterable[int]) -> dict[int, list[Part]]:
    """The parts of each of these variants that is a bundle. Two queries; none for nobody."""
    parts: dict[int, list[Part]] = {pk: [] for pk in bundle_ids}
    if not parts:
        return {}
    items = BundleItem.objects.filter(bundle__in=parts).select_related("component__product")
    for item in items.prefetch_related("component__values").order_by("position", "pk"):
        parts[item.bundle_id].append(_part(item))
    return parts


def _part(item: BundleItem) -> Part:
    variant, product = item.component, item.component.product
    return Part(
        variant_id=variant.pk,
        sku=variant.sku,
        name=product.name,
        words=", ".join(value.value for value in variant.values.all()),
        quantity=item.quantity,
        is_counted=variant.tracks_stock,
        slug=product.slug if product.status == Product.Status.PUBLISHED else "",
    )


def supply_of_bundle(parts: Iterable[Part], supplies: dict[int, Supply]) -> Supply | None:
    """How many bundles the shelves make; None when none of the parts is counted, nothing for a bundle of nothing."""
    parts = list(parts)
    if not parts:
        return Supply()
    return together(supplies.get(part.variant_id, Supply()).by(part.quantity) for part in parts if part.is_counted)


def supplies_of(variant_ids: Iterable[int]) -> dict[int, Supply]:
    """What the web shop has of each variant. One query."""
    levels: dict[int, list[StockLevel]] = {}
    for level in StockLevel.objects.online().filter(variant_id__in=variant_ids):
        levels.setdefault(level.variant_id, []).append(level)
    return {pk: supply_of(rows) for pk, rows in levels.items()}
