"""A small stocked shelf for tests about lists and search."""

from catalog.actions import listing
from catalog.models import Attribute, AttributeValue, Option, OptionValue, Product
from tests.makers import make_product, make_variant


def option_value(axis: str, code: str, **fields) -> OptionValue:
    kind = "swatch" if axis == "colour" else "text"
    option, _ = Option.objects.get_or_create(code=axis, defaults={"name": axis.title(), "kind": kind})
    fields = {"value": code.title(), "swatch": "#a0522d" if axis == "colour" else ""} | fields
    return OptionValue.objects.get_or_create(option=option, code=code, defaults=fields)[0]


def attribute_value(name: str, code: str, **fields) -> AttributeValue:
    attribute, _ = Attribute.objects.get_or_create(code=name, defaults={"name": name.title()})
    fields = {"value": code.title()} | fields
    return AttributeValue.objects.get_or_create(attribute=attribute, code=code, defaults=fields)[0]


def listed(name: str = "Cup", **fields) -> Product:
    """A product with a variant per option value, found by lists and search."""
    product = unlisted(name, **fields)
    listing.refresh([product.pk])
    return product


def unlisted(name: str = "Cup", price: int = 4900, stock: int = 5, options=(), attributes=(), **fields) -> Product:
    """The same, not yet found: where many are made, they are listed together, which is much quicker."""
    compare_at, sku = fields.pop("compare_at", None), fields.pop("sku", None)
    product = make_product(name, **fields)
    for value in options or [None]:
        extra = {"sku": sku} if sku else {}
        variant = make_variant(product, stock=stock, price=price, compare_at_price=compare_at, **extra)
        if value:
            variant.values.add(value)
    product.attributes.add(*attributes)
    return product
