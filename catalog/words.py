"""Words in every language of the shop, as plain data: a dictionary from language to text."""

from functools import lru_cache

from django.conf import settings
from django.db.models import Model

Words = dict[str, str]


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages of the shop, the one that stands in for the others first."""
    first = settings.MODELTRANSLATION_DEFAULT_LANGUAGE
    return (first, *(code for code, _ in settings.LANGUAGES if code != first))


def words_of(thing: Model, field: str) -> Words:
    """What the thing is called in each language. Left out: languages that say nothing, or the same as the first."""
    first, *others = _columns(field)
    plain = getattr(thing, first[1]) or ""
    words = {first[0]: plain}
    for language, column in others:
        text = getattr(thing, column)
        if text and text != plain:
            words[language] = text
    return words


@lru_cache(maxsize=200)
def _columns(field: str) -> tuple[tuple[str, str], ...]:
    """Each language with the column in which the field is kept."""
    return tuple((language, f"{field}_{language.replace('-', '_')}") for language in languages())


def say(words: Words, language: str) -> str:
    """The words in that language, or in the shop's first one, or in any there is."""
    return words.get(language) or words.get(languages()[0]) or next(filter(None, words.values()), "")
