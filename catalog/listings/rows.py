"""From a product to its listing row and the values it is found by. No database here."""

from collections.abc import Iterable, Iterator

from catalog.listings.pictures import picture_data
from catalog.listings.sources import Source
from catalog.models import FacetValue, Listing
from catalog.models.attribute import Option
from catalog.words import languages, words_of

# Names in the query of a list that no option or attribute may take.
RESERVED = {"brand", "availability", "sale", "price", "price_min", "price_max", "sort", "page", "q", "sku"}
BRAND_POSITION = 100_000


def listing_of(source: Source) -> Listing:
    """The row, unsaved."""
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
        in_stock=any(variant.in_stock for variant in source.variants),
        popularity=product.popularity,
        published_at=product.published_at,
        card=card_of(source),
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
        "swatches": swatches,
        "choices": [[words_of(option, "name"), words] for option, words in choices.items()],
    }


def values_of(source: Source) -> Iterator[FacetValue]:
    """Every value that the product is found by, unsaved. A value may come twice, when an option shares its code."""
    for value in source.options:
        yield _facet_value(value, value.option, 0, swatch=value.swatch)
    for value in source.attributes:
        if value.attribute.is_filter:
            yield _facet_value(value, value.attribute, 1_000)
    if brand := source.product.brand:
        yield FacetValue(
            facet="brand",
            value=brand.slug,
            facet_label={},
            label={languages()[0]: brand.name},
            facet_position=BRAND_POSITION,
            position=0,
        )


def _facet_value(value, axis, offset: int, swatch: str = "") -> FacetValue:
    return FacetValue(
        facet=f"by-{axis.code}" if axis.code in RESERVED else axis.code,
        value=value.code,
        facet_label=words_of(axis, "name"),
        label=words_of(value, "value"),
        swatch=swatch,
        facet_position=offset + axis.position,
        position=value.position,
    )


def distinct(values: Iterable[FacetValue]) -> dict[tuple[str, str], FacetValue]:
    """Values by facet and value; the first of a name wins, and options come before attributes."""
    found: dict[tuple[str, str], FacetValue] = {}
    for value in values:
        found.setdefault((value.facet, value.value), value)
    return found
