"""What some goods of the demonstration shop are beside ordinary: engraved, made to order, tagged, linked, to come."""

from datetime import datetime, timedelta

from catalog.actions.variants import make_to_order
from catalog.models import Personalisation, Product, ProductLink, Tag, Variant
from shop.demo.data import load, spread
from shop.demo.goods import Shelf

# What has words in every language.
WORDS = ("label", "hint", "choices", "unit")


def set_apart(shelf: Shelf, now: datetime) -> None:
    """Give the goods of data/kinds.json what makes them special."""
    data = load("kinds")
    _tag(shelf, data["tags"])
    Personalisation.objects.bulk_create(_personalisation(shelf, row) for row in data["personalisations"])
    for slug, days in data["made_to_order"].items():
        product = shelf.products[slug]
        product.lead_days = days
        Product.objects.filter(pk=product.pk).update(lead_days=days)
        make_to_order(product)
    ProductLink.objects.bulk_create(
        ProductLink(
            product=shelf.products[row["from"]], target=shelf.products[row["to"]], kind=row["kind"], position=place
        )
        for place, row in enumerate(data["links"])
    )
    _schedule(shelf, data["scheduled"], now)


def _tag(shelf: Shelf, rows: list[dict]) -> None:
    for place, row in enumerate(rows):
        tag = Tag.objects.create(code=row["code"], position=place, **spread(name=row["name"]))
        tag.products.set(shelf.products[slug] for slug in row["products"])


def _personalisation(shelf: Shelf, row: dict) -> Personalisation:
    words = spread(**{name: row[name] for name in WORDS if name in row})
    facts = {name: value for name, value in row.items() if name not in (*WORDS, "product")}
    return Personalisation(product=shelf.products[row["product"]], **facts, **words)


def _schedule(shelf: Shelf, row: dict, now: datetime) -> None:
    """Something that shows itself in a few days; until then staff see it in a preview."""
    words = spread(**{name: row[name] for name in ("name", "summary", "description")})
    product = Product.objects.create(
        slug=row["slug"],
        category=shelf.categories[row["category"]],
        status=Product.Status.SCHEDULED,
        publish_at=now + timedelta(days=row["days"]),
        **words,
    )
    Variant.objects.create(product=product, sku=row["sku"], price=row["price"], tracks_stock=False)
