"""Reading a product page: five queries, whatever the product has."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import F, Max, Subquery

from catalog import memo
from catalog.listings.cards import Card
from catalog.listings.pictures import picture_data
from catalog.models import AttributeValue, OptionValue, Picture, Product, Revision, Variant
from catalog.queries import navigation
from catalog.queries.lists import in_category
from catalog.queries.lists.rows import cards_of_page
from catalog.queries.product.availability import availability_of
from catalog.queries.product.axes import axes_for
from catalog.queries.product.parts import Axis, PictureView, VariantView
from catalog.words import say, words_of

SIMILAR = 4


@dataclass(frozen=True)
class ProductPage:
    """A product in the words of one reader. `state` is the revision, to be handed to other queries of the page."""

    product: Product
    language: str
    state: str
    name: str
    summary: str
    description: str
    variants: list[VariantView]
    values: list[OptionValue]
    pictures: list[PictureView]
    # (name, value): several values of one attribute are joined.
    facts: list[tuple[str, str]]

    @cached_property
    def breadcrumb(self) -> list[navigation.Link]:
        return navigation.breadcrumb(self.product.category, self.language, self.state)

    def chosen(self, sku: str = "") -> VariantView | None:
        """The variant with that SKU; else the first that can be bought, else the first; None when there is none."""
        named = [variant for variant in self.variants if variant.sku == sku]
        buyable = [variant for variant in self.variants if variant.availability.can_be_bought]
        return next(iter(named or buyable or self.variants), None)

    def axes(self, chosen: VariantView) -> list[Axis]:
        """What can be chosen, seen from that variant."""
        return axes_for(self.variants, self.values, chosen, self.language)

    def pictures_of(self, chosen: VariantView | None) -> list[PictureView]:
        """Pictures of the chosen colour first, then those of no colour; all when there are none of these."""
        codes = set(chosen.values.values()) if chosen else set()
        fitting = [picture for picture in self.pictures if picture.value in codes]
        fitting += [picture for picture in self.pictures if not picture.value]
        return fitting or self.pictures


def read(slug: str, language: str) -> ProductPage:
    """The page of a published product. Raises Product.DoesNotExist."""
    products = Product.objects.published().select_related("category", "brand")
    product = products.annotate(state=Subquery(Revision.objects.filter(pk=1).values("token")[:1])).get(slug=slug)
    values = _values(product)
    return ProductPage(
        product=product,
        language=language,
        state=product.state or "",
        name=say(words_of(product, "name"), language),
        summary=say(words_of(product, "summary"), language),
        description=say(words_of(product, "description"), language),
        variants=_variants(product, values, language),
        values=sorted({value for row in values.values() for value in row}, key=_place),
        pictures=_pictures(product, language),
        facts=_facts(product, language),
    )


def _values(product: Product) -> dict[int, list[OptionValue]]:
    """Option values of each variant that is for sale."""
    through = Variant.values.through.objects.filter(variant__product=product, variant__is_active=True)
    values: dict[int, list[OptionValue]] = {}
    for row in through.select_related("optionvalue__option"):
        values.setdefault(row.variant_id, []).append(row.optionvalue)
    return {pk: sorted(row, key=_place) for pk, row in values.items()}


def _place(value: OptionValue) -> tuple[int, int, int, int]:
    return value.option.position, value.option_id, value.position, value.pk


def _variants(product: Product, values: dict[int, list[OptionValue]], language: str) -> list[VariantView]:
    free = Max(F("levels__on_hand") - F("levels__reserved"))
    variants = Variant.objects.filter(product=product, is_active=True).annotate(free=free)
    return [
        VariantView(
            pk=variant.pk,
            sku=variant.sku,
            price=variant.price,
            compare_at=variant.compare_at_price,
            values={value.option.code: value.code for value in values.get(variant.pk, [])},
            words=", ".join(say(words_of(value, "value"), language) for value in values.get(variant.pk, [])),
            availability=availability_of(variant.tracks_stock, variant.free),
        )
        for variant in variants.order_by("position", "pk")
    ]


def _pictures(product: Product, language: str) -> list[PictureView]:
    views = []
    for picture in Picture.objects.filter(product=product, is_ready=True).select_related("value"):
        data = picture_data(picture)
        alt = say(data.pop("alt"), language)
        views.append(PictureView(picture.pk, alt=alt, value=picture.value.code if picture.value else "", **data))
    return views


def _facts(product: Product, language: str) -> list[tuple[str, str]]:
    through = Product.attributes.through.objects.filter(product=product)
    rows = through.select_related("attributevalue__attribute")
    values: list[AttributeValue] = sorted(
        (row.attributevalue for row in rows), key=lambda v: (v.attribute.position, v.attribute_id, v.position, v.pk)
    )
    facts: dict[str, list[str]] = {}
    for value in values:
        name = say(words_of(value.attribute, "name"), language)
        facts.setdefault(name, []).append(say(words_of(value, "value"), language))
    return [(name, ", ".join(words)) for name, words in facts.items()]


def similar(page: ProductPage) -> list[Card]:
    """What goes with it: the most wanted things of the same category. Kept as long as the catalogue stays the same."""
    category = page.product.category
    where = in_category(category).condition()
    cards = memo.remember(
        ("similar", page.state, category.path, page.language),
        lambda: cards_of_page(where, "recommended", 0, SIMILAR + 1, page.language),
    )
    return [card for card in cards if card.product_id != page.product.pk][:SIMILAR]
