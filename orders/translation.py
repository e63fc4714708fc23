"""Which words of the till exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from orders.models import DeliveryMethod, PaymentMethod, Promotion


@register(DeliveryMethod)
class DeliveryMethodTranslation(TranslationOptions):
    fields = ("name",)


@register(PaymentMethod)
class PaymentMethodTranslation(TranslationOptions):
    fields = ("name", "hint", "instructions")


@register(Promotion)
class PromotionTranslation(TranslationOptions):
    fields = ("name",)
