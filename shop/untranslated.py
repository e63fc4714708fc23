"""Texts of the merchant that lack one of the shop's languages, wherever they stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import CharField, Count, Model, Q, QuerySet, TextField
from modeltranslation.translator import translator

from catalog.queries.translations import column, lacks
from catalog.words import languages

__all__ = ["Kind", "column", "counts", "gaps_of", "kinds", "rows", "total"]

#: Seconds for which the front page of the back office need not count anew.
FRESH = 600


@dataclass(frozen=True)
class Kind:
    """A model and those of its words that exist in every language."""

    model: type[Model]
    fields: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.model._meta.label_lower


def kinds() -> list[Kind]:
    """Every model with translated texts, by the name a person knows it by."""
    found = []
    for model in translator.get_registered_models(abstract=False):
        names = translator.get_options_for_model(model).all_fields
        texts = (field for field in model._meta.fields if isinstance(field, CharField | TextField))
        fields = tuple(field.name for field in texts if field.name in names)
        if fields and not model._meta.proxy:
            found.append(Kind(model, fields))
    return sorted(found, key=lambda kind: (kind.model._meta.app_label, str(kind.model._meta.verbose_name_plural)))


def counts(known: Iterable[Kind]) -> dict[str, dict[str, int]]:
    """How many texts lack each language, by the code of the kind; one query a kind."""
    return {kind.code: _count(kind) for kind in known}


def _count(kind: Kind) -> dict[str, int]:
    others = languages()[1:]
    wanted = {
        f"lacks_{number}_{place}": Count("pk", filter=lacks(field, language))
        for number, language in enumerate(others)
        for place, field in enumerate(kind.fields)
    }
    found = kind.model._default_manager.order_by().aggregate(**wanted)
    return {
        language: sum(found[f"lacks_{number}_{place}"] for place in range(len(kind.fields)))
        for number, language in enumerate(others)
    }


def rows(kind: Kind, language: str, words: str = "") -> QuerySet:
    """The rows of this kind with a gap in that language, newest first; `words` are looked for in the first language."""
    gap, found = Q(), Q()
    for field in kind.fields:
        gap |= lacks(field, language)
        found |= Q(**{f"{column(field, languages()[0])}__icontains": words})
    listed = kind.model._default_manager.filter(gap).order_by("-pk")
    return listed.filter(found) if words else listed


def gaps_of(row: Model, kind: Kind, language: str) -> list[str]:
    """The words of this row that lack the language."""
    first = languages()[0]
    return [
        field
        for field in kind.fields
        if getattr(row, column(field, first)) and not getattr(row, column(field, language))
    ]


def total() -> int:
    """How many texts lack a language, all in all, as of a few minutes ago."""
    return cache.get_or_set(
        "untranslated", lambda: sum(sum(found.values()) for found in counts(kinds()).values()), FRESH
    )
