"""What the shops that can be walked into have of a variant."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog import memo
from catalog.models import Location, StockLevel
from catalog.queries.bundles import Part
from catalog.words import say, words_of


@dataclass(frozen=True, slots=True)
class Place:
    """A place that shoppers are told of, in the words of one reader."""

    pk: int
    name: str
    address: str
    hours: str


@dataclass(frozen=True, slots=True)
class AtPlace:
    """A place, and how many pieces lie there that nobody holds."""

    place: Place
    pieces: int


def at_places(variant_id: int, parts: Sequence[Part], state: str, language: str) -> list[AtPlace]:
    """Each shop with its pieces; of a bundle as many as its parts make there. One query, none without such shops."""
    places = _places(state, language)
    if not places:
        return []
    needs = [(part.variant_id, part.quantity) for part in parts if part.is_counted] or [(variant_id, 1)]
    levels = StockLevel.objects.filter(
        location_id__in=[place.pk for place in places], variant_id__in=[pk for pk, _ in needs]
    )
    rows = levels.values_list("location_id", "variant_id", "on_hand", "reserved")
    free = {(place, variant): max(on_hand - reserved, 0) for place, variant, on_hand, reserved in rows}
    return [
        AtPlace(place, min(free.get((place.pk, variant), 0) // each for variant, each in needs)) for place in places
    ]


def _places(state: str, language: str) -> tuple[Place, ...]:
    """Kept while the catalogue stays the same. A shop of one place only tells nothing: its page says all."""

    def work() -> tuple[Place, ...]:
        if Location.objects.filter(is_active=True).count() < 2:
            return ()
        return tuple(
            Place(row.pk, say(words_of(row, "public_name"), language) or row.name, row.address, _hours(row, language))
            for row in Location.objects.shown()
        )

    return memo.remember(("places", state, language), work)


def _hours(row: Location, language: str) -> str:
    return say(words_of(row, "hours"), language)
