"""Which texts lack one of the shop's languages."""

from django.db.models import Q

from catalog.words import languages


def column(field: str, language: str) -> str:
    """Where the words of this field are kept in that language."""
    return f"{field}_{language.replace('-', '_')}"


def lacks(field: str, language: str) -> Q:
    """The first language says something, this one nothing."""
    first, other = column(field, languages()[0]), column(field, language)
    said = Q(**{f"{first}__isnull": False}) & ~Q(**{first: ""})
    return said & (Q(**{other: ""}) | Q(**{f"{other}__isnull": True}))
