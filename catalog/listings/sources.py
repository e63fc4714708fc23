"""Everything that listing rows are made from, for a batch of products, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q

from catalog import markets
from catalog.among import among
from catalog.models import AttributeValue, Brand, Category, Fact, OptionValue, Picture, Product, Tag, Variant
from catalog.queries.prices import Quote, quote
from catalog.queries.stock import can_be_had


class VariantRow(NamedTuple):
    """What a list has to know of a variant. Prices are those of everybody in the shop's currency."""

    pk: int
    sku: str
    price: int
    compare_at: int | None
    lowest: int | None
    in_stock: bool


@dataclass(slots=True)
class Source:
    """A product with all that its listing row says."""

    product: Product
    variants: list[VariantRow] = field(default_factory=list)
    options: list[OptionValue] = field(default_factory=list)
    attributes: list[AttributeValue] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


def load(product_ids: Iterable[int], now: datetime | None = None) -> list[Source]:
    """The products of these that visitors may find: published, in a public category, with something for sale."""
    products = Product.objects.published().filter(pk__in=among(product_ids)).order_by("pk")
    sources = {product.pk: Source(product) for product in _with_surroundings(products)}
    _add_variants(sources, now)
    _add_values(sources)
    for link in (
        Product.tags.through.objects.filter(product_id__in=among(sources)).select_related("tag").order_by("tag")
    ):
        sources[link.product_id].tags.append(link.tag)
    for picture in Picture.objects.filter(product_id__in=among(sources), is_ready=True):
        sources[picture.product_id].pictures.append(picture)
    return [source for source in sources.values() if source.variants]


def _with_surroundings(products: Iterable[Product]) -> Iterator[Product]:
    """Those in a public category. Many share it and their brand, so each is read once."""
    products = list(products)
    own = {product.category_id for product in products}
    categories = {row.pk: row for row in Category.objects.filter(Q(is_public=False) | Q(pk__in=own))}
    hidden = tuple(row.path for row in categories.values() if not row.is_public)
    brands = Brand.objects.in_bulk({product.brand_id for product in products} - {None})
    for product in products:
        product.category, product.brand = categories[product.category_id], brands.get(product.brand_id)
        if not product.category.path.startswith(hidden):
            yield product


def _add_variants(sources: dict[int, Source], now: datetime | None) -> None:
    rows = list(
        Variant.objects.filter(product_id__in=among(sources), is_active=True)
        .annotate(in_stock=ExpressionWrapper(can_be_had(), BooleanField()))
        .values_list("product_id", "pk", "sku", "in_stock")
    )
    quotes = quote([row[1] for row in rows], markets.base(), now)
    for product_id, pk, sku, in_stock in rows:
        sources[product_id].variants.append(_variant_row(pk, sku, quotes[pk], in_stock))


def _variant_row(pk: int, sku: str, found: Quote, in_stock: bool) -> VariantRow:
    price = found.steps[0]
    return VariantRow(pk, sku, price.unit, price.compare_at, price.lowest, in_stock)


def _add_values(sources: dict[int, Source]) -> None:
    through = Variant.values.through.objects.filter(variant__product_id__in=among(sources), variant__is_active=True)
    _attach(
        sources,
        "options",
        through.values_list("variant__product_id", "optionvalue_id").distinct(),
        OptionValue.objects.select_related("option"),
        lambda value: (value.option.position, value.option_id, value.position, value.pk),
    )
    for fact in Fact.objects.filter(product_id__in=among(sources), attribute__is_public=True).select_related(
        "attribute"
    ):
        sources[fact.product_id].facts.append(fact)
    through = Product.attributes.through.objects.filter(
        product_id__in=among(sources), attributevalue__attribute__is_public=True
    )
    _attach(
        sources,
        "attributes",
        through.values_list("product_id", "attributevalue_id"),
        AttributeValue.objects.select_related("attribute"),
        lambda value: (value.attribute.position, value.attribute_id, value.position, value.pk),
    )


def _attach(sources: dict[int, Source], name: str, pairs, values, order) -> None:
    wanted = defaultdict(list)
    for product_id, value_id in pairs:
        wanted[product_id].append(value_id)
    known = values.in_bulk({value_id for ids in wanted.values() for value_id in ids})
    for product_id, ids in wanted.items():
        setattr(sources[product_id], name, sorted((known[pk] for pk in ids), key=order))
