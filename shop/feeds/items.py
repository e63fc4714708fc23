"""What every channel is told of a variant. Prices and availability come from where the page has them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.timezone import localdate

from catalog.actions.exporting.parts import category_path
from catalog.listings.pictures import sizes_of
from catalog.listings.sources import load
from catalog.markets import Market
from catalog.models import Category, OptionValue, Picture, Product, Variant
from catalog.queries import prices
from catalog.queries.bundles import parts_of, supplies_of, supply_of_bundle
from catalog.queries.product.availability import Availability, availability_of
from catalog.queries.supply import Supply
from catalog.words import say, words_of
from orders.delivery.parcel import Piece
from shop.languages import absolute, path_in

BATCH = 500
MOST_PICTURES = 10


@dataclass(slots=True)
class Item:
    """A variant in the words of one language. Prices are minor units; `before` is the former price, or None."""

    sku: str
    group: str
    title: str
    description: str
    link: str
    pictures: list[str]
    price: int
    before: int | None
    sale_ends: datetime | None
    availability: Availability
    brand: str
    barcode: str
    product_type: str
    weight_g: int
    kind: str
    released_on: date | None = None
    # Code of the option -> its words: colour, size.
    options: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Omitted:
    """A variant that no channel takes, and why: a key of `shop.feeds.build.REASONS`."""

    sku: str
    name: str
    reason: str


@dataclass(slots=True)
class _Batch:
    """All that the items of some products are made of."""

    variants: dict[int, list[Variant]]
    values: dict[int, list[OptionValue]]
    pictures: dict[int, list[Picture]]
    quotes: dict[int, prices.Quote]
    supplies: dict[int, Supply | None]
    tags: dict[int, list]


def items(language: str, market: Market, now: datetime) -> Iterator[Item | Omitted]:
    """Every active variant of every product that shoppers can find; a fixed number of queries for each 500 products."""
    ids = list(Product.objects.published().order_by("pk").values_list("pk", flat=True))
    names = {row.path: say(words_of(row, "name"), language) for row in Category.objects.all()}
    for start in range(0, len(ids), BATCH):
        products = [source.product for source in load(ids[start : start + BATCH])]
        batch = _batch(products, market, now)
        for product in products:
            yield from _items_of(product, batch, language, names, now)


def _batch(products: list[Product], market: Market, now: datetime) -> _Batch:
    keys = [product.pk for product in products]
    rows = list(Variant.objects.filter(product_id__in=keys, is_active=True).order_by("position", "pk"))
    bundles = {product.pk for product in products if product.kind == Product.Kind.BUNDLE}
    parts = parts_of([row.pk for row in rows if row.product_id in bundles])
    counted = {row.pk for row in rows} | {part.variant_id for found in parts.values() for part in found}
    stock = supplies_of(counted)
    supplies = {row.pk: stock.get(row.pk, Supply()) if row.tracks_stock else None for row in rows}
    supplies |= {pk: supply_of_bundle(found, stock) for pk, found in parts.items()}
    links = Variant.values.through.objects.filter(variant__in=rows).values_list("variant_id", "optionvalue_id")
    known = OptionValue.objects.select_related("option").in_bulk({value for _variant, value in links})
    tags = Product.tags.through.objects.filter(product_id__in=keys).select_related("tag")
    return _Batch(
        variants=_grouped((row.product_id, row) for row in rows),
        values=_grouped((variant, known[value]) for variant, value in links),
        pictures=_grouped(
            (row.product_id, row)
            for row in Picture.objects.filter(product_id__in=keys, is_ready=True).order_by("position", "pk")
        ),
        quotes=prices.quote([row.pk for row in rows], market, now),
        supplies=supplies,
        tags=_grouped((link.product_id, link.tag) for link in tags.order_by("tag__position", "tag_id")),
    )


def _grouped(pairs: Iterable[tuple]) -> dict[int, list]:
    found: dict[int, list] = {}
    for key, thing in pairs:
        found.setdefault(key, []).append(thing)
    return found


def _items_of(product: Product, batch: _Batch, language: str, names, now: datetime) -> Iterator[Item | Omitted]:
    name = say(words_of(product, "name"), language)
    for variant in batch.variants.get(product.pk, []):
        price = batch.quotes[variant.pk].first
        pictures = _pictures(batch.pictures.get(product.pk, []), batch.values.get(variant.pk, []))
        if price is None or price.unit <= 0:
            yield Omitted(variant.sku, name, "price")
        elif not pictures:
            yield Omitted(variant.sku, name, "picture")
        else:
            yield _item(product, variant, price, pictures, batch, language, names, now)


def _item(product, variant, price, pictures, batch: _Batch, language: str, names, now: datetime) -> Item:
    values = sorted(batch.values.get(variant.pk, []), key=lambda value: (value.option.position, value.option_id))
    options = {value.option.code: say(words_of(value, "value"), language) for value in values}
    name = say(words_of(product, "name"), language)
    told = say(words_of(product, "summary"), language), strip_tags(say(words_of(product, "description"), language))
    path = reverse("product", args=[product.slug], urlconf="config.urls")
    alone = len(batch.variants[product.pk]) == 1
    return Item(
        sku=variant.sku,
        group="" if alone else f"p{product.pk}",
        title=", ".join([name, *options.values()]),
        description=" ".join(" ".join(filter(None, told)).split()) or name,
        link=f"{absolute(path_in(language, path))}?sku={variant.sku}",
        pictures=pictures,
        price=price.unit,
        before=price.compare_at,
        sale_ends=price.ends_at,
        availability=availability_of(batch.supplies[variant.pk], localdate(now), variant.released_on),
        brand=product.brand.name if product.brand else "",
        barcode=variant.barcode,
        product_type=category_path(product.category, names),
        weight_g=variant.weight_g,
        kind=product.kind,
        released_on=variant.released_on,
        options=options,
        tags=[say(words_of(tag, "name"), language) for tag in batch.tags.get(product.pk, [])],
        pieces=(Piece(product.pk, product.type_id, product.category_id),),
    )


def _pictures(pictures: list[Picture], values: list[OptionValue]) -> list[str]:
    """Addresses, the largest size of each: pictures of what the variant has first, then those of nothing else."""
    chosen = {value.pk for value in values}
    fitting = [row for row in pictures if row.value_id in chosen]
    fitting += [row for row in pictures if row.value_id is None]
    found = []
    for row in (fitting or pictures)[: MOST_PICTURES + 1]:
        sizes = list(sizes_of(row).values())
        address = sizes[-1] if sizes else row.image.url
        found.append(address if "://" in address else absolute(address))
    return found
