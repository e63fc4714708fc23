"""A maker of many products, with the spread of a real shop: categories in three levels, makers, options and facts.

python manage.py shell -c "from bench.make import make_products; make_products(22_000)"
"""

from random import Random

from django.utils import timezone

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
    """Add that many published products with three variants and eight facts each, mostly in stock, and list them."""
    chance = Random(seed)  # noqa: S311 - invented goods, no secret
    places, brands = _categories(), _brands()
    colours, sizes = _options("colour", COLOURS, "swatch"), _options("size", SIZES, "text")
    facts = [_answers(code, values) for code, values in FACTS.items()]
    warehouse, _ = Location.objects.get_or_create(name="Warehouse")
    offset = Product.objects.count()
    for start in range(offset, offset + number, BATCH):
        numbers = range(start, min(start + BATCH, offset + number))
        products = Product.objects.bulk_create(_product(n, chance, places, brands) for n in numbers)
        variants = Variant.objects.bulk_create(
            _variant(product, place, chance) for product in products for place in range(VARIANTS)
        )
        _describe(products, variants, colours, sizes, facts, chance)
        _put_on_shelves(variants, warehouse, chance)
        listing.refresh([product.pk for product in products])


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


def _product(number: int, chance: Random, places: list[Category], brands: list[Brand]) -> Product:
    # More than half of all goods say "home": the common word of a search.
    name = f"{chance.choice(ADJECTIVES)} {chance.choice(THINGS)} {'home ' if chance.random() < 0.55 else ''}{number}"
    return Product(
        name=name.capitalize(),
        slug=f"bench-{number}",
        summary=f"A {chance.choice(ADJECTIVES)} thing that gets better with every year of use.",
        description="<p>Made by hand, one after the other, and packed in paper.</p>" * 3,
        category=chance.choice(places),
        brand=chance.choice(brands),
        status=Product.Status.PUBLISHED,
        published_at=timezone.now() - timezone.timedelta(minutes=number),
        popularity=chance.randrange(1000),
    )


def _variant(product: Product, place: int, chance: Random) -> Variant:
    price = chance.randrange(500, 30_000, 10)
    return Variant(
        product=product,
        sku=f"B-{product.pk}-{place}",
        combination=f"place:{place}",
        price=price,
        compare_at_price=price + 500 if chance.random() < 0.15 else None,
        position=place,
    )


def _describe(products, variants, colours, sizes, facts: list[list[AttributeValue]], chance: Random) -> None:
    through = Variant.values.through
    through.objects.bulk_create(
        through(variant=variant, optionvalue=chance.choice(values))
        for variant in variants
        for values in (colours, sizes)
    )
    answers = Product.attributes.through
    answers.objects.bulk_create(
        answers(product=product, attributevalue=chance.choice(values)) for product in products for values in facts
    )


def _put_on_shelves(variants: list[Variant], warehouse: Location, chance: Random) -> None:
    levels = StockLevel.objects.bulk_create(
        StockLevel(variant=variant, location=warehouse, on_hand=chance.choice((0, *range(3, 30, 3))))
        for variant in variants
    )
    StockMovement.objects.bulk_create(
        StockMovement(level=level, delta=level.on_hand, on_hand_after=level.on_hand, reason="opening")
        for level in levels
        if level.on_hand
    )
