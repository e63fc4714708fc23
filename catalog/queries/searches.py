"""What people search for, for those who stock the shelves."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, OuterRef, Subquery, Sum

from catalog.models import SearchChoice, SearchCount

POPULAR_DAYS, POPULAR_AT_LEAST, POPULAR_AT_MOST = 30, 3, 300


@dataclass(frozen=True, slots=True)
class Searched:
    """Words, how often they were searched for, what the last search of them found, and how many led to a product."""

    language: str
    words: str
    times: int
    results: int
    choices: int
    chosen: str = ""

    @property
    def click_rate(self) -> int:
        """Percent of the searches that ended on a product."""
        return round(min(100, 100 * self.choices / self.times)) if self.times else 0


@dataclass(frozen=True, slots=True)
class Report:
    """Searches of some days: all of them, the commonest, and those that found nothing."""

    times: int
    in_vain: int
    choices: int
    top: list[Searched]
    nothing: list[Searched]

    @property
    def click_rate(self) -> int:
        return round(min(100, 100 * self.choices / self.times)) if self.times else 0

    @property
    def vain_rate(self) -> int:
        return round(100 * self.in_vain / self.times) if self.times else 0


def report(today: date, days: int, language: str = "", limit: int = 50) -> Report:
    """The searches of the last `days`, today included; of one language, or of all."""
    rows = SearchCount.objects.filter(day__gt=today - timedelta(days=days))
    rows = rows.filter(language=language) if language else rows
    sums = rows.aggregate(times=Sum("times"), choices=Sum("choices"))
    in_vain = rows.filter(results=0).aggregate(times=Sum("times"))["times"]
    return Report(
        sums["times"] or 0,
        in_vain or 0,
        sums["choices"] or 0,
        _rows(rows.filter(results__gt=0), limit),
        _rows(rows.filter(results=0), limit),
    )


def _rows(counts, limit: int) -> list[Searched]:
    favourite = (
        SearchChoice.objects.filter(count__language=OuterRef("language"), count__words=OuterRef("words"))
        .values("product__name")
        .annotate(sum=Sum("times"))
        .order_by("-sum")
        .values("product__name")[:1]
    )
    rows = (
        counts.values("language", "words")
        .annotate(sum=Sum("times"), results=Max("results"), sum_choices=Sum("choices"), chosen=Subquery(favourite))
        .order_by("-sum", "words")[:limit]
    )
    return [
        Searched(row["language"], row["words"], row["sum"], row["results"], row["sum_choices"], row["chosen"] or "")
        for row in rows
    ]


def popular(today: date, language: str) -> list[str]:
    """Words of the last weeks that several searches had in common and that the goods know, the commonest first."""
    rows = SearchCount.objects.filter(day__gt=today - timedelta(days=POPULAR_DAYS), language=language)
    rows = rows.filter(results__gt=0, is_full=True).values_list("words").annotate(sum=Sum("times"))
    return [words for words, _ in rows.filter(sum__gte=POPULAR_AT_LEAST).order_by("-sum", "words")[:POPULAR_AT_MOST]]
