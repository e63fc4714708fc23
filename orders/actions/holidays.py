"""Public holidays from a list that others keep up to date, taken into the shop's own, which staff may change."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language

from orders.actions import holiday_names
from orders.models import ClosedDay


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off in a whole country, by its name in the language of whoever looks, else in English."""

    day: date
    name: str


def countries() -> set[str]:
    """Those whose holidays are known, by their ISO codes."""
    from holidays import list_supported_countries  # large, and hardly ever needed

    return {code for code in list_supported_countries() if len(code) == 2}


def missing(country: str, years: Collection[int]) -> list[Holiday]:
    """National holidays of these years that do not stand in our list yet, the first one first.

    What falls on a Sunday stands there too. Nothing for a country that is not known.
    """
    if country not in countries():
        return []
    from holidays import country_holidays

    supported = country_holidays(country).supported_languages
    language = holiday_names.of(supported, (get_language() or settings.LANGUAGE_CODE)[:2])
    found = country_holidays(country, years=list(years), language=language)
    known = set(ClosedDay.objects.filter(country=country).values_list("day", flat=True))
    return [
        Holiday(day, (holiday_names.said(name) if language == holiday_names.ENGLISH else name)[:80])
        for day, name in sorted(found.items())
        if day not in known
    ]


@transaction.atomic
def take(country: str, wanted: Iterable[Holiday]) -> int:
    """Put them into our list; says how many were not there."""
    known = set(ClosedDay.objects.filter(country=country).values_list("day", flat=True))
    fresh = [ClosedDay(day=one.day, country=country, name=one.name) for one in wanted if one.day not in known]
    ClosedDay.objects.bulk_create(fresh)
    return len(fresh)
