"""Two hundred searches in each language over the demonstration shop, each with what its author wanted.

A line of `finding/<language>.tsv` is a search and what is right, any of it: a product among the first three, a value
that each of the first three has (`material=linen`), a category (`@bowls`) or a page (`page:returns`) that is offered.
"""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from django.db import transaction
from django.test import RequestFactory
from django.utils import translation

from catalog import memo
from catalog.actions import listing
from catalog.models import Category, ListingValue, Product
from catalog.search import find
from shop import searching
from shop.demo.fill import furnish
from shop.demo.themes import put_together

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HERE = Path(__file__).parent / "finding"
LANGUAGES = ["en", "es", "ru"]
RIGHT_AT_LEAST = 0.95


@pytest.fixture(scope="module", autouse=True)
def shop(django_db_setup, django_db_blocker):
    """The goods of the demonstration shop for all tests of this file, taken away afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        shelf = furnish(NOW, lambda text: None)
        listing.refresh(list(Product.objects.values_list("pk", flat=True)))
        put_together(shelf, NOW)
        yield
        transaction.set_rollback(True)
    memo.forget()


def searches(language: str) -> list[tuple[str, list[str]]]:
    lines = (HERE / f"{language}.tsv").read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(words, wanted.split(" ")) for words, wanted in pairs]


class Answer:
    """What the search page shows first."""

    def __init__(self, words: str, language: str):
        with translation.override(language):
            request = RequestFactory().get("/search/", {"q": words})
            self.ids = list(find(words, language).ids)
            self.categories = {f"@{link.slug}" for link in searching.categories_for(words, request)}
            self.pages = {f"page:{page['slug']}" for page in searching.pages_for(words)}
        self.first = self.ids[:3]

    def is_right(self, wanted: list[str]) -> bool:
        return any(self._has(one) for one in wanted)

    def _has(self, wanted: str) -> bool:
        if wanted.startswith(("@", "page:")):
            return wanted in self.categories | self.pages
        if wanted.startswith("in:"):
            path = Category.objects.get(slug=wanted.removeprefix("in:")).path
            return self._each(Product.objects.filter(category__path__startswith=path).values_list("pk", flat=True))
        if "=" in wanted:
            facet, value = wanted.split("=")
            has = ListingValue.objects.filter(value__facet=facet, value__value=value)
            return self._each(has.values_list("listing_id", flat=True))
        return Product.objects.filter(slug=wanted, pk__in=self.first).exists()

    def _each(self, ids) -> bool:
        """All of the first three are among these, or as many as there are."""
        known = set(ids)
        return bool(self.first) and set(self.first[: len(known)]) <= known


@cache
def answers(language: str) -> dict[str, Answer]:
    """Every search of this language, asked once: nothing on the shelves changes between the tests of this file."""
    return {words: Answer(words, language) for words, _ in searches(language)}


def wrong(language: str) -> list[str]:
    names = dict(Product.objects.values_list("pk", "slug"))
    found = ((words, wanted, answers(language)[words]) for words, wanted in searches(language))
    return [
        f"{words!r}: {[names[pk] for pk in answer.first]} instead of {wanted}"
        for words, wanted, answer in found
        if not answer.is_right(wanted)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_two_hundred_searches(language):
    asked = searches(language)

    assert len({words for words, _ in asked}) >= 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_thing_is_among_the_first_three(language):
    missed = wrong(language)

    print("\n".join(missed))
    assert len(missed) <= len(searches(language)) * (1 - RIGHT_AT_LEAST), "\n".join(missed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_search_ends_with_nothing_offered(language):
    said = answers(language).items()

    assert [words for words, one in said if not (one.ids or one.categories or one.pages)] == []
