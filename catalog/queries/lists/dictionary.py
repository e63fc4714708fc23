"""The facets there are, with their words: read once for each state of the catalogue."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from catalog import memo
from catalog.models import FacetValue
from catalog.words import Words, say

# Not rows of the dictionary: they are columns of a listing.
AVAILABILITY, IN_STOCK = "availability", "in-stock"
SALE, ON_SALE = "sale", "on-sale"
BRAND = "brand"
TAG = "tag"


@dataclass(frozen=True, slots=True)
class KnownValue:
    key: int
    label: Words
    swatch: str
    order: tuple[int, Decimal, int]


@dataclass(frozen=True, slots=True)
class KnownFacet:
    code: str
    label: Words
    position: int
    values: dict[str, KnownValue]

    def says(self, language: str) -> str:
        """Its name. The facets of brands and tags are named by us, the others by the merchant."""
        ours = {BRAND: gettext("Brand"), TAG: gettext("Tag")}
        return say(self.label, language) or ours.get(self.code, self.code)


def read(state: str) -> dict[str, KnownFacet]:
    """Facets by code, in the order in which they are shown."""
    return memo.remember(("facets", state), _read, weight=lambda facets: sum(len(f.values) for f in facets.values()))


def _read() -> dict[str, KnownFacet]:
    facets: dict[str, KnownFacet] = {}
    for row in FacetValue.objects.order_by("facet_position", "facet", "position", "pk"):
        facet = facets.setdefault(row.facet, KnownFacet(row.facet, row.facet_label, row.facet_position, {}))
        facet.values[row.value] = KnownValue(
            row.pk, row.label, row.swatch, (row.position, row.number or Decimal(), row.pk)
        )
    return facets


def choices(facets: dict[str, KnownFacet]) -> dict[str, set[str]]:
    """Every value that an address may ask for."""
    return {AVAILABILITY: {IN_STOCK}, SALE: {ON_SALE}} | {code: facet.values.keys() for code, facet in facets.items()}
