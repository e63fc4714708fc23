"""What the shop has of the goods in a batch, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from catalog.actions.importing import listed
from catalog.actions.importing.goods import Finding, Goods
from catalog.among import among
from catalog.models import Fact, Product, StockLevel, Variant


@dataclass(slots=True)
class Stored:
    """A product that is here, with its variants and what lies on their shelves, by place."""

    product: Product
    variants: list[Variant] = field(default_factory=list)
    levels: dict[int, dict[int, int]] = field(default_factory=dict)
    facts: set[tuple[str, str]] = field(default_factory=set)
    tags: set[int] = field(default_factory=set)
    # (variant, currency) -> minor units
    prices: dict[tuple[int, str], int] = field(default_factory=dict)
    # Attribute -> the fact that is no choice.
    typed: dict[int, Fact] = field(default_factory=dict)

    def on_hand(self, variant_id: int) -> int:
        """Pieces of the variant in all places."""
        return sum(self.levels.get(variant_id, {}).values())


def load(batch: Sequence[Goods], lists: dict[str, int]) -> dict[str, Stored]:
    """The products that these goods are, by the keys of the goods."""
    products = Product.objects.select_related("brand")
    found = {
        row.import_key: Stored(row) for row in products.filter(import_key__in=among([goods.key for goods in batch]))
    }
    missing = [goods for goods in batch if goods.key not in found and goods.others]
    if missing:
        taken = {stored.product.pk for stored in found.values()}
        for key, product in _by_other_ways(missing).items():
            if product.pk not in taken:
                taken.add(product.pk)
                found[key] = Stored(product)
    _fill({stored.product.pk: stored for stored in found.values()}, lists)
    return found


def _by_other_ways(missing: Sequence[Goods]) -> dict[str, Product]:
    addresses = {goods.address for goods in missing if Finding.SKU not in goods.others} - {""}
    skus = {piece.sku for goods in missing if goods.others != (Finding.ADDRESS,) for piece in goods.pieces} - {None}
    by_address = {row.slug: row for row in Product.objects.filter(slug__in=among(addresses)).select_related("brand")}
    owners = {
        variant.sku: variant.product
        for variant in Variant.objects.filter(sku__in=among(skus)).select_related("product", "product__brand")
    }
    found = {}
    for goods in missing:
        owned = [owners[piece.sku] for piece in goods.pieces if piece.sku in owners]
        here, ways = by_address.get(goods.address), goods.others
        is_owner = here is not None and any(product.pk == here.pk for product in owned)
        if here and (Finding.ADDRESS in ways or (Finding.ADDRESS_AND_SKU in ways and is_owner)):
            found[goods.key] = here
        elif Finding.SKU in ways and owned:
            found[goods.key] = owned[0]
    return found


def _fill(found: dict[int, Stored], lists: dict[str, int]) -> None:
    if not found:
        return
    rows = StockLevel.objects.filter(variant__product_id__in=among(found)).order_by("pk")
    for product_id, variant_id, place, number in rows.values_list(
        "variant__product_id", "variant_id", "location_id", "on_hand"
    ):
        found[product_id].levels.setdefault(variant_id, {})[place] = number
    for variant in Variant.objects.filter(product_id__in=among(found)).order_by("position", "pk"):
        found[variant.product_id].variants.append(variant)
    facts = Product.attributes.through.objects.filter(product_id__in=among(found))
    for product_id, *name in facts.values_list("product_id", "attributevalue__attribute__code", "attributevalue__code"):
        found[product_id].facts.add(tuple(name))
    for fact in Fact.objects.filter(product_id__in=among(found)):
        found[fact.product_id].typed[fact.attribute_id] = fact
    for product_id, tag in Product.tags.through.objects.filter(product_id__in=among(found)).values_list(
        "product_id", "tag_id"
    ):
        found[product_id].tags.add(tag)
    if lists:
        owners = {variant.pk: stored for stored in found.values() for variant in stored.variants}
        for place, price in listed.known(owners, lists).items():
            owners[place[0]].prices[place] = price
