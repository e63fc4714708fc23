"""What several kinds have in common: is and is not, at least and at most, and a moment in words."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from catalog.moments import stamp
from catalog.money import Money
from marketing.segments.found import Found, none_of
from marketing.segments.kind import Around, Asked, Kind
from marketing.segments.params import Bounds, Param, Pick, Ticks, When, bounds
from marketing.segments.params.numbers import AT_LEAST, NONE
from marketing.segments.params.times import NEVER

IS, IS_NOT = "is", "is-not"


def how() -> Pick:
    return Pick("how", gettext_lazy("how"), lambda: [(IS, _("is")), (IS_NOT, _("is not"))])


def turned(found: Found, values: Mapping[str, Any]) -> Found:
    return none_of(found) if values["how"] == IS_NOT else found


def column(code: str, section, label, options, sql: Callable[[list[str]], Found], seen: Callable[[Asked], str]) -> Kind:
    """A kind about one word that stands with the person: is, or is not, one of those."""
    ticks = Ticks("values", label, options)
    named = lambda word: next((str(label) for code, label in options() if code == word), word) or "–"  # noqa: E731
    return Kind(
        code, section, label, (how(), ticks),
        sql=lambda values, around: turned(sql(values["values"]), values),
        seen=lambda values, asked: seen(asked),
        holds=lambda values, word: (word in values["values"]) == (values["how"] == IS),
        say=lambda values, word: named(word),
    )  # fmt: skip


def moment(
    code: str, section, label, name: str, offered: tuple[str, ...], read: Callable[[Asked], datetime | None]
) -> Kind:
    """A kind about a moment that stands with the person in the column `name`."""

    def sql(values, around: Around) -> Found:
        if values["when"]["when"] == NEVER:
            return Found.by(**{f"{name}__isnull": True})
        return Found.known(name, **bounds(values["when"], around.now).lookups(name))

    return Kind(
        code, section, label, (When("when", gettext_lazy("when"), offered),),
        sql=sql,
        # The moment itself, and whether it lies in the span.
        seen=lambda values, asked: (read(asked), lies(read(asked), values["when"], asked.now)),
        holds=lambda values, seen: seen[1],
        say=lambda values, seen: stamp(seen[0]) or _("never"),
    )  # fmt: skip


def lies(at: datetime | None, when: dict, now: datetime) -> bool:
    return at is None if when["when"] == NEVER else bounds(when, now).holds(at)


def often(rows: QuerySet, count: dict) -> Found:
    """Those of whom so many rows are found. Nobody has none of them: at most none is everybody else."""
    if count["compare"] == AT_LEAST:
        return _at_least(rows, count["number"])
    return none_of(_at_least(rows, 1 if count["compare"] == NONE else count["number"] + 1))


def _at_least(rows: QuerySet, number: int) -> Found:
    rows = rows.order_by().values("profile")
    if number > 1:
        rows = rows.annotate(rows_of_person=Count("pk")).filter(rows_of_person__gte=number).values("profile")
    return Found.among(rows)


def is_often(count: dict, number: int) -> bool:
    if count["compare"] == NONE:
        return number == 0
    return number >= count["number"] if count["compare"] == AT_LEAST else number <= count["number"]


def times(number: int) -> str:
    return ngettext("%(number)d time", "%(number)d times", number) % {"number": number}


def money(amount: int, currency: str) -> str:
    return Money(amount, currency).format(get_language() or "en")


__all__ = [
    "IS",
    "IS_NOT",
    "Bounds",
    "Param",
    "column",
    "how",
    "is_often",
    "lies",
    "moment",
    "money",
    "often",
    "times",
    "turned",
]
