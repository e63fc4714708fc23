"""Which words of the shelves exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from catalog.models import (
    Attribute,
    AttributeValue,
    Brand,
    Category,
    DigitalFile,
    Option,
    OptionValue,
    Picture,
    Product,
)


@register(Category)
class CategoryTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Brand)
class BrandTranslation(TranslationOptions):
    fields = ("story",)


@register((Option, Attribute))
class NameTranslation(TranslationOptions):
    fields = ("name",)


@register((OptionValue, AttributeValue))
class ValueTranslation(TranslationOptions):
    fields = ("value",)


@register(Product)
class ProductTranslation(TranslationOptions):
    fields = ("name", "summary", "description")


@register(Picture)
class PictureTranslation(TranslationOptions):
    fields = ("alt",)


@register(DigitalFile)
class DigitalFileTranslation(TranslationOptions):
    fields = ("name",)
