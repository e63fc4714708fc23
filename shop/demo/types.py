"""The types of the demonstration shop's goods, with attributes of every kind, and the facts they tell."""

from datetime import date
from decimal import Decimal

from django.core.files.base import ContentFile

from catalog.actions import files
from catalog.models import Attribute, AttributeValue, Fact, Product, ProductType, TypeAttribute
from shop.demo.data import load, spread
from shop.demo.goods import Shelf, one_page_pdf

# After the attributes that the goods themselves bring.
POSITION = 10
CARE = "Oil me when I look dry"


def describe(shelf: Shelf) -> None:
    """Make the types, give each product its own, and say what is known of some."""
    data = load("types")
    attributes = {attribute.code: attribute for attribute in Attribute.objects.all()}
    for position, row in enumerate(data["attributes"], POSITION):
        attributes[row["code"]] = _attribute(row, position)
    for position, row in enumerate(data["types"]):
        _type(shelf, row, position, attributes)
    _tell(shelf, data["facts"], attributes)


def _attribute(row: dict, position: int) -> Attribute:
    attribute = Attribute.objects.create(
        code=row["code"], kind=row["kind"], unit=row.get("unit", ""), on_card=row.get("on_card", False),
        is_filter=row.get("is_filter", row["kind"] in Attribute.FILTERS), position=position,
        **spread(name=row["name"], own_unit=row.get("own_unit", dict.fromkeys(("en", "es", "ru"), ""))),
    )  # fmt: skip
    for place, value in enumerate(row.get("values", [])):
        attribute.values.create(
            code=value["code"], swatch=value["swatch"], position=place, **spread(value=value["value"])
        )
    return attribute


def _type(shelf: Shelf, row: dict, position: int, attributes: dict[str, Attribute]) -> None:
    guide = row.get("size_guide", dict.fromkeys(("en", "es", "ru"), ""))
    type_ = ProductType.objects.create(
        code=row["code"], kind=row.get("kind", "physical"), tax_class_id=row.get("tax_class", "standard"),
        position=position, **spread(name=row["name"], size_guide=guide),
    )  # fmt: skip
    type_.options.set(shelf.options[code] for code in row["options"])
    TypeAttribute.objects.bulk_create(
        TypeAttribute(type=type_, attribute=attributes[code], is_required=is_required, position=place)
        for place, (code, is_required) in enumerate(row["attributes"])
    )
    mine = [shelf.products[slug].pk for slug, product in shelf.data.items() if product["category"] in row["categories"]]
    Product.objects.filter(pk__in=mine).update(type=type_)


def _tell(shelf: Shelf, said: dict[str, dict], attributes: dict[str, Attribute]) -> None:
    facts, chosen = [], []
    through = Product.attributes.through
    values = {(value.attribute.code, value.code): value for value in AttributeValue.objects.select_related("attribute")}
    for slug, row in said.items():
        product = shelf.products[slug]
        for code, answer in row.items():
            attribute = attributes[code]
            if attribute.is_chosen:
                chosen.append(through(product=product, attributevalue=values[code, answer]))
            else:
                columns = _columns(shelf, product, attribute, answer)
                facts.append(Fact(product=product, attribute=attribute, kind=attribute.kind, **columns))
    Fact.objects.bulk_create(facts)
    through.objects.bulk_create(chosen)


def _columns(shelf: Shelf, product: Product, attribute: Attribute, answer) -> dict:
    match attribute.kind:
        case Attribute.Kind.NUMBER:
            return {"number": Decimal(str(answer))}
        case Attribute.Kind.YES_NO:
            return {"yes": answer}
        case Attribute.Kind.DATE:
            return {"day": date.fromisoformat(answer)}
        case Attribute.Kind.REFERENCE:
            return {"reference": shelf.products[answer]}
        case Attribute.Kind.FILE:
            sheet = one_page_pdf(CARE)
            return {"path": files.keep(product, "care.pdf", ContentFile(sheet)), "size": len(sheet)}
    return spread(text=answer)
