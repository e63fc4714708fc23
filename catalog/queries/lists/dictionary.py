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
PRICE = "price"


@dataclass(frozen=True, slots=True)
class KnownValue:
    key: int
    label: Words
    swatch: str
    order: tuple[int, Decimal, int]
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class KnownFacet:
    code: str
    label: Words
    position: int
    values: dict[str, KnownValue]
    # Its values are numbers, so that a range of them can be asked for.
    is_measured: bool = False

    def within(self, low: Decimal | None, high: Decimal | None) -> list[int]:
        """The keys of the values from `low` to `high`, both included."""
        return [
            value.key
            for value in self.values.values()
            if value.number is not None
            and (low is None or value.number >= low)
            and (high is None or value.number <= high)
        ]

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
        facet = facets.setdefault(row.facet, _facet_of(row))
        facet.values[row.value] = KnownValue(
            row.pk, row.label, row.swatch, (row.position, row.number or Decimal(), row.pk), row.number
        )
    return facets


def _facet_of(row: FacetValue) -> KnownFacet:
    return KnownFacet(row.facet, row.facet_label, row.facet_position, {}, is_measured=row.number is not None)


def measured(facets: dict[str, KnownFacet]) -> set[str]:
    """The facets of which a range may be asked for. The bounds of one must not be the name of another."""
    return {
        code
        for code, facet in facets.items()
        if facet.is_measured and code != PRICE and not {f"{code}_min", f"{code}_max"} & facets.keys()
    }


def choices(facets: dict[str, KnownFacet]) -> dict[str, set[str]]:
    """Every value that an address may ask for."""
    return {AVAILABILITY: {IN_STOCK}, SALE: {ON_SALE}} | {code: facet.values.keys() for code, facet in facets.items()}
