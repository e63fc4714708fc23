"""What a search engine shows of a page, beside the words it is made of; a script follows what is typed."""

from django.conf import settings
from django.forms import Media, Script
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy, override
from unfold.decorators import display

from catalog.admin.panels import shop_name
from catalog.words import languages

# What engines show before they cut.
TITLE, WORDS = 60, 155


class ShowsSnippet:
    """Mixed into an admin class of things with an address; its description comes from the fields `snippet_words`."""

    snippet_words: tuple[str, ...] = ("search_description", "description")

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(snippet_in(language) for language in languages())]

    @property
    def media(self) -> Media:
        return super().media + Media(js=[Script("js/office/snippet.js", type="module")])


def snippet_in(language: str) -> str:
    """The name of the read-only field with the snippet of this language."""
    return f"snippet_{language}"


def with_snippets(tabs: list[tuple]) -> list[tuple]:
    """The tabs of the languages, each with its snippet at the end."""
    pairs = zip(languages(), tabs, strict=True)
    return [(title, {**told, "fields": [*told["fields"], snippet_in(language)]}) for language, (title, told) in pairs]


def _draw(thing, language: str, words: tuple[str, ...]) -> str:
    order = [language, *(code for code in languages() if code != language)]
    title, description = (_columns(names, order) for names in (("search_title", "name"), (*words, "name")))
    with override(language):
        before = settings.SITE_URL + reverse(thing._meta.model_name, args=["-"]).removesuffix("-/")
    after = f" · {shop_name.now()}" if shop_name.now() else ""
    context = {
        "title_fields": " ".join(title),
        "words_fields": " ".join(description),
        "before": before,
        "after": after,
        "title": Truncator(_first(thing, title) + after).chars(TITLE),
        "words": Truncator(_first(thing, description)).chars(WORDS),
        "slug": thing.slug,
        "language": language,
    }
    return render_to_string("office/snippet.html", context)


def _columns(names: tuple[str, ...], order: list[str]) -> list[str]:
    """Where the words may stand, in the order in which the shop looks for them."""
    return [f"{name}_{code}" for name in names for code in order]


def _first(thing, columns: list[str]) -> str:
    said = (" ".join(strip_tags(getattr(thing, column, "") or "").split()) for column in columns)
    return next(filter(None, said), "")


def _field(language: str):
    @display(description=gettext_lazy("In a search engine"))
    def snippet(self, thing) -> str:
        return _draw(thing, language, self.snippet_words)

    return snippet


for _language in languages():
    setattr(ShowsSnippet, snippet_in(_language), _field(_language))
