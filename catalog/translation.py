"""Which words of the shelves exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from catalog.models import (
    Attribute,
    AttributeValue,
    Brand,
    Category,
    Collection,
    DigitalFile,
    Fact,
    Film,
    Location,
    Option,
    OptionValue,
    Personalisation,
    Picture,
    Product,
    ProductType,
    Sale,
    Tag,
    TaxClass,
)


@register(Category)
class CategoryTranslation(TranslationOptions):
    fields = ("name", "description", "search_title", "search_description")


@register(Brand)
class BrandTranslation(TranslationOptions):
    fields = ("story",)


@register(Collection)
class CollectionTranslation(TranslationOptions):
    fields = ("name", "description", "search_title", "search_description")


@register((Option, Sale, TaxClass))
class NameTranslation(TranslationOptions):
    fields = ("name",)


@register(Attribute)
class AttributeTranslation(TranslationOptions):
    fields = ("name", "own_unit")


@register(Fact)
class FactTranslation(TranslationOptions):
    fields = ("text",)


@register(ProductType)
class ProductTypeTranslation(TranslationOptions):
    fields = ("name", "size_guide")


@register((OptionValue, AttributeValue))
class ValueTranslation(TranslationOptions):
    fields = ("value",)


@register(Product)
class ProductTranslation(TranslationOptions):
    fields = ("name", "summary", "description", "search_title", "search_description")


@register(Personalisation)
class PersonalisationTranslation(TranslationOptions):
    fields = ("label", "hint", "choices", "unit")


@register(Picture)
class PictureTranslation(TranslationOptions):
    fields = ("alt",)


@register(DigitalFile)
class DigitalFileTranslation(TranslationOptions):
    fields = ("name",)


@register(Film)
class FilmTranslation(TranslationOptions):
    fields = ("title",)


@register(Tag)
class TagTranslation(TranslationOptions):
    fields = ("name",)


@register(Location)
class LocationTranslation(TranslationOptions):
    fields = ("public_name", "hours")
