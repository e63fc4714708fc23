"""Plain functions that make things, with honest defaults."""

from itertools import count

from django.utils import timezone

from catalog.models import Category, Location, Product, StockLevel, StockMovement, Variant
from customers.models import Customer

_numbers = count(1)


def make_category(name: str = "Blankets", parent: Category | None = None, **fields) -> Category:
    fields = {"name": name, "slug": fields.pop("slug", f"category-{next(_numbers)}"), **fields}
    return Category.objects.add_child(parent, fields) if parent else Category.objects.add_root(fields)


def make_product(name: str = "Wool blanket", category: Category | None = None, **fields) -> Product:
    """A published product without variants."""
    fields.setdefault("slug", f"product-{next(_numbers)}")
    fields.setdefault("status", Product.Status.PUBLISHED)
    fields.setdefault("published_at", timezone.now())
    return Product.objects.create(name=name, category=category or make_category(), **fields)


def make_variant(product: Product | None = None, stock: int = 10, price: int = 4900, **fields) -> Variant:
    """A variant for sale with that many pieces on hand at the one location."""
    fields.setdefault("sku", f"SKU-{next(_numbers)}")
    fields.setdefault("combination", fields["sku"])
    product = product or make_product()
    variant = Variant.objects.create(product=product, price=price, **fields)
    if variant.tracks_stock:
        put_on_shelf(variant, stock)
    return variant


def put_on_shelf(variant: Variant, quantity: int) -> StockLevel:
    location, _ = Location.objects.get_or_create(name="Warehouse")
    level = StockLevel.objects.create(variant=variant, location=location, on_hand=quantity)
    if quantity:
        StockMovement.objects.create(
            level=level, delta=quantity, on_hand_after=quantity, reason=StockMovement.Reason.OPENING
        )
    return level


def make_customer(email: str = "", **fields) -> Customer:
    return Customer.objects.create_user(email or f"customer{next(_numbers)}@example.com", "correct horse", **fields)
