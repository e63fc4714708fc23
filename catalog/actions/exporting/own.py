"""Our own table: everything, one line for each variant, heads that the import knows (`importing.targets`).

What belongs to the product stands on its first line only.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings

from catalog.actions.exporting.load import Goods
from catalog.actions.exporting.parts import address_of, category_names, category_path, first_words, key_of, words_in
from catalog.actions.importing import listed
from catalog.actions.importing.lists import joined
from catalog.actions.importing.targets import AXES, has_field, words
from catalog.models import Attribute, Fact, Location, Product, Variant
from catalog.money import Money
from catalog.words import languages

Cell = str | int | Decimal
MOST_ATTRIBUTES = 200


@dataclass
class Table:
    """The columns, which depend on what the shop has: languages, attributes, locations, currencies."""

    with_costs: bool = True
    locations: dict[int, str] = field(default_factory=lambda: dict(Location.objects.values_list("pk", "name")))
    attributes: list[Attribute] = field(default_factory=lambda: list(_attributes()))
    currencies: list[str] = field(default_factory=lambda: sorted(set(listed.lists()) - {settings.SHOP_CURRENCY}))
    categories: dict[str, str] = field(default_factory=category_names)

    def header(self) -> list[str]:
        return [*self._of_product({}, None), *self._of_variant(None, None)]

    def rows(self, goods: Goods) -> Iterator[list[Cell]]:
        """The lines of a product; one without variants has one."""
        key = key_of(goods.product)
        empty = [key, *[""] * (len(self._of_product({}, None)) - 1)]
        head = list(self._of_product(goods.product, goods).values())
        for variant in goods.variants or [None]:
            yield [*head, *self._of_variant(variant, goods).values()]
            head = empty

    def _of_product(self, product, goods: Goods | None) -> dict[str, Cell]:
        """What stands on the first line; only the names of the columns without goods."""
        known = goods is not None
        cells: dict[str, Cell] = {"product": key_of(product) if known else ""}
        for word in words():
            for language in languages():
                name = f"{word}_{language.replace('-', '_')}"
                cells[f"{word}_{language}"] = (getattr(product, name) or "") if known else ""
        cells |= {
            "slug": product.slug if known else "",
            "status": product.status if known else "",
            "kind": product.kind if known else "",
            "tax_class": product.tax_class_id if known else "",
            "category": category_path(product.category, self.categories) if known else "",
            "brand": product.brand.name if known and product.brand else "",
            "type": product.type.code if known and product.type else "",
        }
        if has_field(Product, "tags"):
            cells["tags"] = ", ".join(goods.tags) if known else ""
        for attribute in self.attributes:
            cells[f"attribute:{attribute.code}"] = _answer(attribute, goods) if known else ""
            if attribute.kind == Attribute.Kind.TEXT:
                fact = _fact(attribute, goods) if known else None
                for language in languages()[1:]:
                    cells[f"attribute:{attribute.code}:{language}"] = words_in(language, fact, "text") if fact else ""
        pictures = goods.pictures if known else []
        cells["picture"] = " | ".join(address_of(picture) for picture in pictures)
        for language in languages():
            told = [words_in(language, picture, "alt").replace("|", "/") for picture in pictures]
            cells[_alt_column(language)] = " | ".join(told) if any(told) else ""
        shown = [first_words(picture.value, "value").replace("|", "/") if picture.value else "" for picture in pictures]
        cells["picture_option"] = " | ".join(shown) if any(shown) else ""
        return cells

    def _of_variant(self, variant: Variant | None, goods: Goods | None) -> dict[str, Cell]:
        axes = goods.axes if goods else []
        values = {value.option_id: value for value in goods.values.get(variant.pk, [])} if variant else {}
        cells: dict[str, Cell] = {}
        for place, number in enumerate(AXES):
            axis = axes[place] if place < len(axes) else None
            value = values.get(axis.pk) if axis else None
            cells[f"option{number}_name"] = first_words(axis, "name") if value else ""
            cells[f"option{number}_value"] = first_words(value, "value") if value else ""
        return cells | self._of_piece(variant, goods)

    def _of_piece(self, variant: Variant | None, goods: Goods | None) -> dict[str, Cell]:
        def amount(minor: int | None) -> Cell:
            return "" if minor is None else Money(minor, settings.SHOP_CURRENCY).amount

        cells: dict[str, Cell] = {
            "sku": variant.sku if variant else "",
            "barcode": variant.barcode if variant else "",
            "price": amount(variant.price) if variant else "",
            "compare_at": amount(variant.compare_at_price) if variant else "",
            "weight": variant.weight_g if variant else "",
            "for_sale": _yes(variant.is_active) if variant else "",
            "counts_stock": _yes(variant.tracks_stock) if variant else "",
        }
        if self.with_costs and has_field(Variant, "cost"):
            cells["cost"] = amount(variant.cost) if variant else ""
        for currency in self.currencies:
            price = goods.prices.get((variant.pk, currency)) if variant else None
            cells[f"price:{currency}"] = "" if price is None else Money(price, currency).amount
        levels = goods.levels.get(variant.pk, {}) if variant else {}
        for pk, name in self.locations.items():
            cells[f"stock:{name}"] = levels.get(pk, "")
        return cells


def _attributes():
    return Attribute.objects.exclude(kind=Attribute.Kind.FILE).order_by("position", "pk")[:MOST_ATTRIBUTES]


def _answer(attribute: Attribute, goods: Goods) -> str:
    if attribute.is_chosen:
        answers = [answer for answer in goods.answers if answer.attribute_id == attribute.pk]
        return joined(first_words(answer, "value") for answer in answers)
    fact = _fact(attribute, goods)
    return fact_words(fact) if fact else ""


def _fact(attribute: Attribute, goods: Goods) -> Fact | None:
    return next((fact for fact in goods.facts if fact.attribute_id == attribute.pk), None)


def _alt_column(language: str) -> str:
    return "picture_alt" if language == languages()[0] else f"picture_alt_{language}"


def fact_words(fact: Fact) -> str:
    """A typed answer as a cell says it."""
    if fact.kind == Attribute.Kind.YES_NO:
        return _yes(fact.yes)
    if fact.kind == Attribute.Kind.REFERENCE:
        return fact.reference.slug if fact.reference else ""
    if fact.kind == Attribute.Kind.TEXT:
        return first_words(fact, "text")
    value = fact.number if fact.kind == Attribute.Kind.NUMBER else fact.day
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def _yes(is_so: bool | None) -> str:
    return "true" if is_so else "false"
