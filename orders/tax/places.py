"""Where somebody is, as far as tax law asks."""

from dataclasses import dataclass

#: The member states, by their ISO codes.
UNION = frozenset(
    ("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU")
    + ("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK")
)


@dataclass(frozen=True, slots=True)
class Place:
    """A country, and what tells the region within; the postcode and the state as addresses write them."""

    country: str
    postcode: str = ""
    area: str = ""


def in_union(place: Place, goods: bool = True) -> bool:
    """Whether it belongs to the European Union for tax; Northern Ireland does for goods, but not for services."""
    return place.country in UNION or (goods and is_northern_ireland(place))


def is_northern_ireland(place: Place) -> bool:
    return place.country == "GB" and place.postcode.strip().upper().startswith("BT")
