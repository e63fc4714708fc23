"""Which words of the counter exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from shop.models import HomePage, Page


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "body")


@register(HomePage)
class HomePageTranslation(TranslationOptions):
    fields = ("hero_title", "hero_text", "hero_action", "story_title", "story_text", "facts", "voices")
