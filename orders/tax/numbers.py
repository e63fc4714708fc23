"""VAT numbers of companies in the European Union: are they written right, and do their check digits fit."""

from dataclasses import dataclass

from stdnum.eu import vat
from stdnum.exceptions import ValidationError

# Greece writes EL before its numbers, and Northern Ireland has a sign of its own.
COUNTRIES = {"EL": "GR", "XI": "GB"}
LONGEST = 20


@dataclass(frozen=True, slots=True)
class VatNumber:
    """A well-formed number with its two letters, and the country (ISO) that gave it."""

    text: str
    country: str


def read_number(typed: str, country: str = "") -> VatNumber | None:
    """The number that somebody typed, in any spacing; None when there is no such number.

    Its two letters may be left out where `country` tells them. Says nothing about whether a company has it.
    """
    letters = next((sign for sign, code in COUNTRIES.items() if code == country), country)
    text = _valid(typed[:60]) or _valid(letters + typed[:60])
    return VatNumber(text, COUNTRIES.get(text[:2], text[:2])) if text else None


def _valid(text: str) -> str:
    """The number as it is written; empty when it is none of a member state (or of Northern Ireland)."""
    try:
        found = vat.validate(text)
    except (ValidationError, ValueError, IndexError):
        return ""
    # Numbers of the one-stop shop name no member state.
    return found if found.isascii() and len(found) <= LONGEST and found[:2] not in ("EU", "IM") else ""
