"""Pieces that every format needs."""

from django.conf import settings

from catalog.models import Category, Picture, Product
from catalog.words import languages


def key_of(product: Product) -> str:
    """By what an import finds the product again: the key that a file gave it, else its address."""
    return product.import_key or product.slug


def first_words(thing, name: str) -> str:
    """What it is called in the shop's first language."""
    return words_in(languages()[0], thing, name)


def words_in(language: str, thing, name: str) -> str:
    """The same in that language; empty where it says nothing of its own."""
    return getattr(thing, f"{name}_{language.replace('-', '_')}") or ""


def address_of(picture: Picture) -> str:
    """The whole address of the picture as it was taken in."""
    url = picture.image.url
    return url if "://" in url else f"{settings.SITE_URL}{url}"


def category_names() -> dict[str, str]:
    """Path in the tree -> name, of all categories."""
    return {row.path: first_words(row, "name") for row in Category.objects.all()}


def category_path(category: Category, names: dict[str, str]) -> str:
    """The names from the top down."""
    steps = range(Category.steplen, len(category.path) + 1, Category.steplen)
    return " > ".join(names.get(category.path[:end], "") for end in steps)
