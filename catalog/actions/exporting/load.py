"""All that an export says of a batch of products, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from catalog.actions.exporting.parts import first_words
from catalog.actions.importing import listed
from catalog.models import AttributeValue, Fact, OptionValue, Picture, Product, StockLevel, Variant


@dataclass(slots=True)
class Goods:
    """A product with what hangs on it; `levels` are pieces by variant and location."""

    product: Product
    variants: list[Variant] = field(default_factory=list)
    values: dict[int, list[OptionValue]] = field(default_factory=dict)
    levels: dict[int, dict[int, int]] = field(default_factory=dict)
    answers: list[AttributeValue] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    # (variant, currency) -> minor units
    prices: dict[tuple[int, str], int] = field(default_factory=dict)

    @property
    def axes(self) -> list:
        """The options along which its variants differ, in their order."""
        found = {value.option_id: value.option for values in self.values.values() for value in values}
        return sorted(found.values(), key=lambda option: (option.position, option.pk))


def load(ids: Iterable[int], lists: dict[str, int]) -> list[Goods]:
    """These products, in this order; those that are gone are left out."""
    ids = list(ids)
    products = Product.objects.select_related("brand", "type", "category").in_bulk(ids)
    goods = {pk: Goods(products[pk]) for pk in ids if pk in products}
    for variant in Variant.objects.filter(product_id__in=goods).order_by("position", "pk"):
        goods[variant.product_id].variants.append(variant)
    _add_values(goods)
    levels = StockLevel.objects.filter(variant__product_id__in=goods)
    for product, variant, place, number in levels.values_list(
        "variant__product_id", "variant_id", "location_id", "on_hand"
    ):
        goods[product].levels.setdefault(variant, {})[place] = number
    for fact in Fact.objects.filter(product_id__in=goods).select_related("attribute", "reference"):
        goods[fact.product_id].facts.append(fact)
    pictures = Picture.objects.filter(product_id__in=goods).exclude(image="").select_related("value")
    for picture in pictures.order_by("position", "pk"):
        goods[picture.product_id].pictures.append(picture)
    tags = (
        Product.tags.through.objects.filter(product_id__in=goods)
        .select_related("tag")
        .order_by("tag__position", "tag_id")
    )
    for link in tags:
        goods[link.product_id].tags.append(first_words(link.tag, "name"))
    owners = {variant.pk: one for one in goods.values() for variant in one.variants}
    if lists:
        for place, price in listed.known(owners, lists).items():
            owners[place[0]].prices[place] = price
    return list(goods.values())


def _add_values(goods: dict[int, Goods]) -> None:
    through = Variant.values.through.objects.filter(variant__product_id__in=goods)
    links = list(through.values_list("variant__product_id", "variant_id", "optionvalue_id"))
    known = OptionValue.objects.select_related("option").in_bulk({link[2] for link in links})
    for product, variant, value in links:
        goods[product].values.setdefault(variant, []).append(known[value])
    through = Product.attributes.through.objects.filter(product_id__in=goods)
    links = list(through.order_by("pk").values_list("product_id", "attributevalue_id"))
    answers = AttributeValue.objects.select_related("attribute").in_bulk({link[1] for link in links})
    for product, value in links:
        goods[product].answers.append(answers[value])
