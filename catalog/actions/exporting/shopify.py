"""Shopify's product CSV, with all its columns."""

from collections.abc import Iterator
from decimal import Decimal

from django.conf import settings

from catalog.actions.exporting.load import Goods
from catalog.actions.exporting.parts import address_of, first_words
from catalog.models import Product, Variant
from catalog.models.tax_class import ZERO
from catalog.money import Money

AXES = (1, 2, 3)
GOOGLE = (
    *("Google Product Category", "Gender", "Age Group", "MPN", "Condition", "Custom Product"),
    *(f"Custom Label {number}" for number in range(5)),
)
HEADER = [
    *("Handle", "Title", "Body (HTML)", "Vendor", "Product Category", "Type", "Tags", "Published"),
    *(f"Option{number} {part}" for number in AXES for part in ("Name", "Value")),
    *("Variant SKU", "Variant Grams", "Variant Inventory Tracker", "Variant Inventory Qty"),
    *("Variant Inventory Policy", "Variant Fulfillment Service", "Variant Price", "Variant Compare At Price"),
    *("Variant Requires Shipping", "Variant Taxable", "Variant Barcode"),
    *("Image Src", "Image Position", "Image Alt Text", "Gift Card", "SEO Title", "SEO Description"),
    *(f"Google Shopping / {name}" for name in GOOGLE),
    *("Variant Image", "Variant Weight Unit", "Variant Tax Code", "Cost per item", "Status"),
]
STATUSES = {Product.Status.PUBLISHED: "active", Product.Status.ARCHIVED: "archived"}
OWN = "shopify:"
Row = dict[str, str | int | Decimal]


def rows(goods: Goods, with_costs: bool = True) -> Iterator[list]:
    """The lines of a product: its variants, then the pictures that are left. One without variants has none."""
    handle = handle_of(goods.product)
    lines = [_variant(goods, variant) for variant in _shown(goods)]
    if not lines:
        return
    for place, picture in enumerate(goods.pictures):
        if place == len(lines):
            lines.append({})
        lines[place] |= {
            "Image Src": address_of(picture),
            "Image Position": place + 1,
            "Image Alt Text": first_words(picture, "alt"),
        }
    lines[0] |= _head(goods)
    for line in lines:
        line["Handle"] = handle
        if not with_costs:
            # The column stays: Shopify knows its file by all of them.
            line.pop("Cost per item", None)
        yield [line.get(name, "") for name in HEADER]


def handle_of(product: Product) -> str:
    """The handle that Shopify gave it, else its address."""
    key = product.import_key or ""
    return key.removeprefix(OWN) if key.startswith(OWN) else product.slug


def _shown(goods: Goods) -> list[Variant]:
    """Shopify knows no variants that are not for sale; a product without any other keeps them."""
    return [variant for variant in goods.variants if variant.is_active] or goods.variants


def _head(goods: Goods) -> Row:
    product = goods.product
    return {
        "Title": first_words(product, "name"),
        "Body (HTML)": first_words(product, "description"),
        "Vendor": product.brand.name if product.brand else "",
        "Type": first_words(product.category, "name"),
        "Tags": ", ".join(goods.tags),
        "Published": "true" if product.status == Product.Status.PUBLISHED else "false",
        "Gift Card": "false",
        "SEO Title": first_words(product, "search_title"),
        "SEO Description": first_words(product, "search_description"),
        "Status": STATUSES.get(product.status, "draft"),
    }


def _variant(goods: Goods, variant: Variant) -> Row:
    line: Row = {
        "Variant SKU": variant.sku,
        "Variant Grams": variant.weight_g,
        "Variant Inventory Policy": "deny",
        "Variant Fulfillment Service": "manual",
        "Variant Price": _amount(variant.price),
        "Variant Compare At Price": _amount(variant.compare_at_price),
        "Variant Requires Shipping": "true" if goods.product.kind == Product.Kind.PHYSICAL else "false",
        "Variant Taxable": "false" if goods.product.tax_class_id == ZERO else "true",
        "Variant Barcode": variant.barcode,
        "Variant Weight Unit": "g",
        "Cost per item": _amount(getattr(variant, "cost", None)),
    }
    if variant.tracks_stock:
        line["Variant Inventory Tracker"] = "shopify"
        line["Variant Inventory Qty"] = sum(goods.levels.get(variant.pk, {}).values())
    values = goods.values.get(variant.pk, [])
    _tell_options(line, goods, {value.option_id: value for value in values})
    codes = {value.pk for value in values}
    picture = next((picture for picture in goods.pictures if picture.value_id in codes), None)
    if picture:
        line["Variant Image"] = address_of(picture)
    return line


def _tell_options(line: Row, goods: Goods, values: dict) -> None:
    axes = goods.axes[: len(AXES)]
    if not axes:
        line |= {"Option1 Name": "Title", "Option1 Value": "Default Title"}
    for number, axis in zip(AXES, axes, strict=False):
        if axis.pk in values:
            line[f"Option{number} Name"] = first_words(axis, "name")
            line[f"Option{number} Value"] = first_words(values[axis.pk], "value")


def _amount(minor: int | None) -> str | Decimal:
    return "" if minor is None else Money(minor, settings.SHOP_CURRENCY).amount
