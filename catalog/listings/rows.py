"""From a product to its listing row and the values it is found by. No database here."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, override

from catalog.listings.facts import card_facts, facet_of_fact, is_facet, value_of_fact
from catalog.listings.pictures import picture_data
from catalog.listings.sources import Source
from catalog.models import (
    Attribute,
    AttributeValue,
    Brand,
    FacetValue,
    Fact,
    Listing,
    Option,
    OptionValue,
    Product,
    Tag,
)
from catalog.words import languages, words_of

# Names in the query of a list that no option or attribute may take.
RESERVED = {
    "brand",
    "tag",
    "rating",
    "availability",
    "sale",
    "price",
    "price_min",
    "price_max",
    "sort",
    "page",
    "q",
    "sku",
    "all",
    "within",
}
ATTRIBUTES_POSITION, BRAND_POSITION = 1_000, 100_000
TAG_POSITION = BRAND_POSITION - 1
RATING_POSITION = 200_000


@dataclass(frozen=True, slots=True)
class Rated:
    """So many stars or more, on average."""

    stars: int


#: What lists can be narrowed to; fewer stars tell a shopper nothing.
RATED = (Rated(4), Rated(3))
Thing = OptionValue | AttributeValue | Fact | Brand | Tag | Rated


def listing_of(source: Source) -> Listing:
    """The row, unsaved."""
    row = figures_of(source)
    row.card = card_of(source)
    return row


def figures_of(source: Source) -> Listing:
    """The row without its card, which is most of the work: for whoever asks only about figures."""
    product = source.product
    cheapest = min(source.variants, key=lambda variant: (variant.price, variant.sku))
    return Listing(
        product_id=product.pk,
        category_path=product.category.path,
        brand_id=product.brand_id,
        kind=product.kind,
        price_min=cheapest.price,
        price_max=max(variant.price for variant in source.variants),
        compare_at=cheapest.compare_at,
        lowest=cheapest.lowest,
        in_stock=any(variant.in_stock for variant in source.variants),
        popularity=product.popularity,
        published_at=product.published_at,
    )


def card_of(source: Source) -> dict:
    """What a card shows beside price and availability, in every language."""
    product = source.product
    swatches, choices = [], {}
    for value in source.options:
        if value.option.kind == Option.Kind.SWATCH and value.swatch:
            swatches.append([value.swatch, words_of(value, "value")])
        else:
            choices.setdefault(value.option, []).append(words_of(value, "value"))
    return {
        "slug": product.slug,
        "name": words_of(product, "name"),
        "summary": words_of(product, "summary"),
        "brand": product.brand.name if product.brand else "",
        "pictures": [picture_data(picture) for picture in source.pictures[:2]],
        "rating": [product.rating_sum, product.rating_count] if product.rating_count else [],
        "swatches": swatches,
        "choices": [[words_of(option, "name"), words] for option, words in choices.items()],
        "facts": card_facts(source),
    }


def things_of(source: Source) -> Iterator[Thing]:
    """Everything that the product is found by. An option comes before an attribute that shares its code."""
    yield from source.options
    yield from (value for value in source.attributes if value.attribute.is_filter)
    yield from filter(is_facet, source.facts)
    yield from source.tags
    if source.product.brand:
        yield source.product.brand
    yield from (rated for rated in RATED if _is_rated(source.product, rated.stars))


def _is_rated(product: Product, stars: int) -> bool:
    return product.rating_count > 0 and product.rating_sum >= stars * product.rating_count


def name_of(thing: Thing) -> tuple[str, str]:
    """The facet and value that address a thing: `colour`, `oat`."""
    if isinstance(thing, Brand):
        return "brand", thing.slug
    if isinstance(thing, Tag):
        return "tag", thing.code
    if isinstance(thing, Rated):
        return "rating", f"{thing.stars}-up"
    code = _axis_of(thing).code
    value = value_of_fact(thing) if isinstance(thing, Fact) else thing.code
    return f"by-{code}" if code in RESERVED else code, value


def facet_value_of(thing: Thing) -> FacetValue:
    """The row that gives it its words, unsaved."""
    facet, value = name_of(thing)
    if isinstance(thing, Brand):
        words = {languages()[0]: thing.name}
        return FacetValue(
            facet=facet, value=value, facet_label={}, label=words, facet_position=BRAND_POSITION, position=0
        )
    if isinstance(thing, Tag):
        return FacetValue(
            facet=facet, value=value, facet_label={}, label=words_of(thing, "name"), facet_position=TAG_POSITION,
            position=thing.position,
        )  # fmt: skip
    if isinstance(thing, Rated):
        return _stars(facet, value, thing)
    if isinstance(thing, Fact):
        return facet_of_fact(thing, facet, ATTRIBUTES_POSITION)
    axis = _axis_of(thing)
    return FacetValue(
        facet=facet,
        value=value,
        facet_label=words_of(axis, "name"),
        label=words_of(thing, "value"),
        swatch=getattr(thing, "swatch", ""),
        facet_position=axis.position + (ATTRIBUTES_POSITION if isinstance(thing, AttributeValue) else 0),
        position=thing.position,
    )


def _stars(facet: str, value: str, rated: Rated) -> FacetValue:
    """Our own words, in every language: no merchant has to write them."""
    labels, words = {}, {}
    for language in languages():
        with override(language):
            labels[language] = gettext("Rating")
            words[language] = gettext("%(stars)d stars and more") % {"stars": rated.stars}
    return FacetValue(
        facet=facet,
        value=value,
        facet_label=labels,
        label=words,
        facet_position=RATING_POSITION,
        position=-rated.stars,
    )


def _axis_of(thing: OptionValue | AttributeValue | Fact) -> Option | Attribute:
    return thing.option if isinstance(thing, OptionValue) else thing.attribute
