"""A maker of many products, with the spread of a real shop: categories in three levels, makers, options and facts.

python manage.py shell -c "from bench.make import make_products; make_products(22_000)"
"""

from collections.abc import Sequence
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from bench.rows import insert, link, settle
from bench.themes import make_themes
from catalog.actions import listing
from catalog.models import (
    Attribute,
    AttributeValue,
    Brand,
    Category,
    Location,
    Option,
    OptionValue,
    Product,
    StockLevel,
    StockMovement,
    Variant,
)

ADJECTIVES = ("quiet", "warm", "plain", "round", "tall", "small", "heavy", "light", "soft", "rough", "bright", "dark")
THINGS = ("cup", "bowl", "plate", "vase", "jug", "blanket", "cushion", "lamp", "stool", "tray", "candle", "towel")
COLOURS = ["oat", "sage", "ink", "clay", "butter", "mist", "chalk", "rust", "moss", "plum"]
SIZES = ["s", "m", "l", "xl"]
FACTS = {
    "material": ["linen", "wool", "oak", "walnut", "stoneware", "glass", "brass", "cotton", "felt", "wicker"],
    "pattern": ["plain", "striped", "checked", "dotted", "leaves"],
    "origin": ["spain", "portugal", "france", "italy", "latvia", "georgia", "japan"],
    "care": ["dishwasher", "by-hand", "dry-clean", "wipe"],
    "finish": ["matt", "glossy", "oiled", "raw"],
    "room": ["kitchen", "bedroom", "bath", "hall", "garden"],
    "season": ["spring", "summer", "autumn", "winter"],
    "gift": ["birthday", "wedding", "new-home", "thank-you"],
}
VARIANTS = 3
BATCH = 2000


def make_products(number: int, seed: int = 1) -> None:
    """Add that many published products with three variants and eight facts each, mostly in stock, and list them.

    Twenty collections by rule are there before them, so that every product is judged as in a shop that has them.
    """
    chance = Random(seed)  # noqa: S311 - invented goods, no secret
    places, brands = _categories(), _brands()
    colours, sizes = _options("colour", COLOURS, "swatch"), _options("size", SIZES, "text")
    facts = [_answers(code, values) for code, values in FACTS.items()]
    make_themes(places, brands, facts)
    locations = _locations()
    offset = Product.objects.count()
    for start in range(offset, offset + number, BATCH):
        numbers = range(start, min(start + BATCH, offset + number))
        with transaction.atomic():
            products = _products(numbers, chance, places, brands)
            variants = _variants(products, chance)
            _describe(products, variants, colours, sizes, facts, chance)
            _put_on_shelves(variants, locations, chance)
        listing.refresh(products)
    settle(Product, Variant, StockLevel, StockMovement)


def _categories() -> list[Category]:
    leaves = list(Category.objects.filter(slug__startswith="bench-leaf-"))
    if leaves:
        return leaves
    for top in range(6):
        root = Category.objects.add_root({"name": f"Room {top}", "slug": f"bench-room-{top}"})
        for middle in range(4):
            shelf = Category.objects.add_child(
                root, {"name": f"Shelf {top}.{middle}", "slug": f"bench-shelf-{top}-{middle}"}
            )
            for low in range(4):
                name, slug = f"Corner {top}.{middle}.{low}", f"bench-leaf-{top}-{middle}-{low}"
                leaves.append(Category.objects.add_child(shelf, {"name": name, "slug": slug}))
    return leaves


def _brands() -> list[Brand]:
    rows = [Brand(name=f"Workshop {number}", slug=f"workshop-{number}") for number in range(200)]
    Brand.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Brand.objects.filter(slug__startswith="workshop-"))


def _options(code: str, values: list[str], kind: str) -> list[OptionValue]:
    option, _ = Option.objects.get_or_create(code=code, defaults={"name": code.title(), "kind": kind})
    rows = [OptionValue(option=option, code=value, value=value.title(), position=n) for n, value in enumerate(values)]
    if kind == "swatch":
        for number, row in enumerate(rows):
            row.swatch = f"#{(number * 0x1A2B3C) % 0xFFFFFF:06x}"
    OptionValue.objects.bulk_create(rows, ignore_conflicts=True)
    return list(option.values.filter(code__in=values))


def _answers(code: str, values: list[str]) -> list[AttributeValue]:
    attribute, _ = Attribute.objects.get_or_create(code=code, defaults={"name": code.title()})
    rows = [AttributeValue(attribute=attribute, code=value, value=value.title()) for value in values]
    AttributeValue.objects.bulk_create(rows, ignore_conflicts=True)
    return list(attribute.values.filter(code__in=values))


def _locations() -> list[Location]:
    """A warehouse, and the shops that are there."""
    warehouse, _ = Location.objects.get_or_create(name="Warehouse")
    return [warehouse, *Location.objects.filter(kind=Location.Kind.SHOP)]


def _products(numbers: Sequence[int], chance: Random, places: list[Category], brands: list[Brand]) -> range:
    names = [_name(number, chance) for number in numbers]
    now, step = timezone.now(), timezone.timedelta(minutes=1)
    pattern = Product(
        summary="A thing of a quiet colour that gets better with every year of use.",
        description="<p>Made by hand, one after the other, and packed in paper.</p>" * 3,
        status=Product.Status.PUBLISHED,
    )
    return insert(
        pattern,
        len(numbers),
        name=names,
        name_en=names,
        slug=[f"bench-{number}" for number in numbers],
        category_id=[chance.choice(places).pk for _ in numbers],
        brand_id=[chance.choice(brands).pk for _ in numbers],
        published_at=[connection.ops.adapt_datetimefield_value(now - number * step) for number in numbers],
        popularity=[chance.randrange(1000) for _ in numbers],
    )


def _name(number: int, chance: Random) -> str:
    # More than half of all goods say "home": the common word of a search.
    home = "home " if chance.random() < 0.55 else ""
    return f"{chance.choice(ADJECTIVES)} {chance.choice(THINGS)} {home}{number}".capitalize()


def _variants(products: Sequence[int], chance: Random) -> range:
    of = [(product, place) for product in products for place in range(VARIANTS)]
    prices = [chance.randrange(500, 30_000, 10) for _ in of]
    return insert(
        Variant(),
        len(of),
        product_id=[product for product, _ in of],
        sku=[f"B-{product}-{place}" for product, place in of],
        combination=[f"place:{place}" for _, place in of],
        position=[place for _, place in of],
        price=prices,
        compare_at_price=[price + 500 if chance.random() < 0.15 else None for price in prices],
    )


def _describe(products, variants, colours, sizes, facts: list[list[AttributeValue]], chance: Random) -> None:
    chosen = [(variant, chance.choice(values).pk) for variant in variants for values in (colours, sizes)]
    link(Variant.values.through, chosen)
    answers = [(product, chance.choice(values).pk) for product in products for values in facts]
    link(Product.attributes.through, answers)


def _put_on_shelves(variants: Sequence[int], locations: list[Location], chance: Random) -> None:
    """All of them in the warehouse, some of them in the shops too, each with the line of the ledger that says so."""
    warehouse, *shops = locations
    of = [(variant, warehouse.pk) for variant in variants]
    of += [(variant, shop.pk) for shop in shops for variant in variants if chance.random() < 0.1]
    pieces = [chance.choice((0, *range(3, 30, 3))) for _ in of]
    levels = insert(
        StockLevel(),
        len(of),
        variant_id=[variant for variant, _ in of],
        location_id=[place for _, place in of],
        on_hand=pieces,
    )
    there = [(level, number) for level, number in zip(levels, pieces, strict=True) if number]
    numbers = [number for _, number in there]
    insert(
        StockMovement(reason=StockMovement.Reason.OPENING),
        len(there),
        level_id=[level for level, _ in there],
        delta=numbers,
        on_hand_after=numbers,
    )
