"""Facets as a page shows them: in words, with counts, ticked or not."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext, override

from catalog.measures import plain
from catalog.queries.lists import dictionary as known_as
from catalog.queries.lists.counts import Counts
from catalog.queries.lists.dictionary import KnownFacet, KnownValue
from catalog.queries.lists.selection import Selection
from catalog.search.analysis import fold
from catalog.words import say

# A facet shows at most so many values, the commonest, and many more when all are asked for; what is ticked is always
# shown. From so many on one can look through them.
AT_MOST, WIDE_AT_MOST, MANY = 16, 400, 24
# From so many different numbers on a range can be typed.
RANGED = 4


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """A value of a facet; `query` is the query of the address with this value ticked, or no longer so."""

    value: str
    label: str
    swatch: str
    count: int
    selected: bool
    query: str


# What follows the last figure of a label.
_BEHIND = re.compile(r"[^\d]*$")


@dataclass(frozen=True, slots=True)
class Facet:
    """`code` is the name of the form field. `hidden` values are left out because others are commoner; `all_query` is
    the query of the address that shows them, and `is_wide` says that this is it. `number` is how many there are.
    """

    code: str
    label: str
    choices: tuple[FacetChoice, ...]
    hidden: int = 0
    number: int = 0
    all_query: str = ""
    is_wide: bool = False
    # A range can be typed: what was typed, and the smallest and the largest there are, in words.
    has_range: bool = False
    low: str = ""
    high: str = ""
    least: str = ""
    largest: str = ""
    # What stands behind the numbers, with the space before it.
    unit: str = ""

    @property
    def can_be_searched(self) -> bool:
        return self.is_wide and self.number >= MANY

    @property
    def is_narrowed(self) -> bool:
        return bool(self.low or self.high) or any(choice.selected for choice in self.choices)

    @property
    def range_words(self) -> str:
        """Length 10 – 20 cm, in the active language."""
        low = self.low if self.low and self.high else self.low + self.unit
        said = {"facet": self.label, "low": low, "high": self.high + self.unit}
        if self.low and self.high:
            return gettext("%(facet)s %(low)s – %(high)s") % said
        return (gettext("%(facet)s from %(low)s") if self.low else gettext("%(facet)s up to %(high)s")) % said


def shown(known: dict[str, KnownFacet], counts: Counts, selection: Selection, language: str) -> list[Facet]:
    """Facets that have something to choose, in order. A value that would show nothing is left out unless ticked."""
    with override(language):
        facets = [_fixed(known_as.AVAILABILITY, known_as.IN_STOCK, counts.in_stock, selection)]
        facets += [_facet(facet, counts, selection, language) for facet in known.values()]
        facets += [_fixed(known_as.SALE, known_as.ON_SALE, counts.on_sale, selection)]
    return [facet for facet in facets if facet.choices or facet.low or facet.high]


def _fixed(code: str, value: str, count: int, selection: Selection) -> Facet:
    labels = {
        known_as.AVAILABILITY: (gettext("Availability"), gettext("In stock")),
        known_as.SALE: (gettext("Price"), gettext("Reduced")),
    }
    label, words = labels[code]
    selected = value in selection.values(code)
    choice = FacetChoice(value, words, "", count, selected, selection.toggled(code, value))
    return Facet(code, label, (choice,) if count or selected else ())


def _facet(facet: KnownFacet, counts: Counts, selection: Selection, language: str) -> Facet:
    selected = set(selection.values(facet.code))
    present = [(name, value) for name, value in facet.values.items() if counts.values[value.key] or name in selected]
    is_wide = selection.wide == facet.code
    within = fold(selection.within) if is_wide else ""
    fitting = [pair for pair in present if pair[0] in selected or within in fold(say(pair[1].label, language))]
    at_most = WIDE_AT_MOST if is_wide else AT_MOST
    commonest = sorted(fitting, key=lambda pair: (pair[0] not in selected, -counts.values[pair[1].key]))[:at_most]
    choices = [
        FacetChoice(
            value=name,
            label=say(value.label, language),
            swatch=value.swatch,
            count=counts.values[value.key],
            selected=name in selected,
            query=selection.toggled(facet.code, name),
        )
        for name, value in sorted(commonest, key=lambda pair: pair[1].order)
    ]
    if facet.code == known_as.BRAND:
        choices.sort(key=lambda choice: choice.label.casefold())
    return Facet(
        facet.code,
        facet.says(language),
        tuple(choices),
        hidden=len(fitting) - len(choices),
        number=len(present),
        all_query=selection.query(wide="" if is_wide else facet.code, within=""),
        is_wide=is_wide,
        **_range(facet, [value for _, value in present], selection, language),
    )


def _range(facet: KnownFacet, present: list[KnownValue], selection: Selection, language: str) -> dict:
    low, high = selection.range_of(facet.code)
    is_asked = low is not None or high is not None
    if not facet.is_measured or facet.code == known_as.PRICE or not (is_asked or len(present) >= RANGED):
        return {}
    numbers = sorted((value.number, say(value.label, language)) for value in present if value.number is not None)
    return {
        "has_range": True,
        "low": "" if low is None else plain(low),
        "high": "" if high is None else plain(high),
        "least": numbers[0][1] if numbers else "",
        "largest": numbers[-1][1] if numbers else "",
        "unit": _BEHIND.search(numbers[-1][1])[0] if numbers else "",
    }
