"""Words in every language of the shop, as forms ask for them."""

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import ngettext
from modeltranslation.translator import translator

from catalog.words import languages

NAMES = dict(settings.LANGUAGES)


def words_in(language: str, *names: str) -> list[str]:
    """The columns that hold these words in that language."""
    return [f"{name}_{language}" for name in names]


def in_all(name: str) -> list[str]:
    return [f"{name}_{language}" for language in languages()]


def tabs(obj, *names: str, description=None) -> list[tuple[str, dict]]:
    """One tab for each language; its title says what is still missing."""
    return [
        (_title(obj, language, names), {"classes": ["tab"], "fields": words_in(language, *names), **_said(description)})
        for language in languages()
    ]


def _said(description) -> dict:
    return {"description": description} if description else {}


def _title(obj, language: str, names: tuple[str, ...]) -> str:
    first = languages()[0]
    missing = 0
    if obj is not None and language != first:
        missing = sum(
            bool(getattr(obj, f"{name}_{first}")) and not getattr(obj, f"{name}_{language}") for name in names
        )
    if not missing:
        return NAMES[language]
    gap = ngettext("%(number)d missing", "%(number)d missing", missing) % {"number": missing}
    return f"{NAMES[language]} · {gap}"


class WordsForm(forms.ModelForm):
    """Labels each column by its word, says which language it is, and insists only on the first language."""

    names_language = False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        first = languages()[0]
        for name, columns in translator.get_options_for_model(self._meta.model).all_fields.items():
            original = self._meta.model._meta.get_field(name)
            for column in columns:
                if column.name in self.fields:
                    field, language = self.fields[column.name], column.language
                    field.label = self._label(original.verbose_name, language)
                    field.help_text = original.help_text
                    field.required = language == first and not original.blank
                    field.widget.attrs["lang"] = language

    def _label(self, word, language: str) -> str:
        word = capfirst(word)
        return f"{word} · {NAMES[language]}" if self.names_language else word


class NamedWordsForm(WordsForm):
    """The same where all languages stand side by side."""

    names_language = True
