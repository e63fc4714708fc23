"""What the shop has of the goods in a batch, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Sum

from catalog.models import Product, StockLevel, Variant


@dataclass(slots=True)
class Stored:
    """A product that an earlier import made, with its variants and what lies on their shelves."""

    product: Product
    variants: list[Variant] = field(default_factory=list)
    on_hand: dict[int, int] = field(default_factory=dict)
    facts: set[tuple[str, str]] = field(default_factory=set)


def load(keys: Iterable[str]) -> dict[str, Stored]:
    """The products of these import keys."""
    products = Product.objects.filter(import_key__in=list(keys)).select_related("brand")
    found = {product.pk: Stored(product) for product in products}
    levels = StockLevel.objects.filter(variant__product_id__in=found).values_list("variant__product_id", "variant_id")
    for product_id, variant_id, number in levels.annotate(number=Sum("on_hand")).order_by():
        found[product_id].on_hand[variant_id] = number
    for variant in Variant.objects.filter(product_id__in=found).order_by("position", "pk"):
        found[variant.product_id].variants.append(variant)
    facts = Product.attributes.through.objects.filter(product_id__in=found)
    for product_id, *name in facts.values_list("product_id", "attributevalue__attribute__code", "attributevalue__code"):
        found[product_id].facts.add(tuple(name))
    return {stored.product.import_key: stored for stored in found.values()}
