"""Which words of the guest book exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from customers.models import ShopDetails


@register(ShopDetails)
class ShopDetailsTranslation(TranslationOptions):
    fields = ("tagline",)
