"""Which words of the writing desk exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from marketing.models import Flow


@register(Flow)
class FlowTranslation(TranslationOptions):
    fields = ("subject", "preheader", "heading", "body")
