"""Who made the goods, for an index from A to Z."""

import unicodedata
from dataclasses import dataclass

from django.db.models import Count

from catalog import memo
from catalog.models import Brand, Listing


@dataclass(frozen=True, slots=True)
class Maker:
    """A brand with something on the shelves; `letter` is what it stands under, # for what begins with none."""

    slug: str
    name: str
    letter: str
    count: int


def with_goods(state: str) -> list[Maker]:
    """In the order of an index, accents aside. Two queries for each state of the catalogue."""
    return memo.remember(("makers", state), _read, len)


def _read() -> list[Maker]:
    rows = Listing.objects.exclude(brand=None).order_by().values_list("brand_id")
    counts = dict(rows.annotate(Count("product_id", distinct=True)))
    brands = Brand.objects.filter(pk__in=counts).values_list("pk", "slug", "name")
    found = [Maker(slug, name, _letter(name), counts[pk]) for pk, slug, name in brands]
    return sorted(found, key=lambda maker: (maker.letter == "#", _folded(maker.name)))


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()


def _letter(name: str) -> str:
    first = _folded(name)[:1].upper()
    return first if first.isalpha() else "#"
