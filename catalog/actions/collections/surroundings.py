"""The rules there are, and what they need beside the goods."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from catalog import rules
from catalog.models import Category, Collection


@dataclass(frozen=True, slots=True)
class Ruled:
    """A collection with a rule, ready to judge by."""

    pk: int
    rule: rules.Group
    borders: dict

    def mentions(self, *fields: str) -> bool:
        return any(condition.field in fields for condition in self.rule.conditions())


def ruled(collections: Iterable[Collection] | None = None) -> list[Ruled]:
    """Every collection with a rule. One whose rule can no longer be read keeps the goods it has."""
    rows = Collection.objects.filter(rule__isnull=False) if collections is None else collections
    found = []
    for row in rows:
        try:
            found.append(Ruled(row.pk, rules.read(row.rule), row.borders))
        except rules.Unfit:
            continue
    return found


def around(each: Ruled, paths: dict[int, str], now: datetime) -> rules.Around:
    """What this rule needs, with its own borders."""
    return rules.Around(now, paths, {number: tuple(border) for number, border in each.borders.items()})


def paths_for(found: Iterable[Ruled]) -> dict[int, str]:
    """Where the categories hang that these rules name; one query, or none."""
    wanted = {
        condition.value for each in found for condition in each.rule.conditions() if condition.field == "category"
    }
    return dict(Category.objects.filter(pk__in=wanted).values_list("pk", "path")) if wanted else {}


def borders_of(rule: rules.Group) -> dict[str, list[int]]:
    """For each "among the N most wanted" the rank of the last of them; left out when there are fewer goods."""
    numbers = {condition.value for condition in rule.conditions() if condition.field == "wanted"}
    found = {number: _border(number) for number in sorted(numbers)}
    return {str(number): border for number, border in found.items() if border}


def _border(number: int) -> list[int] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT popularity, product_id FROM catalog_listing "
            "ORDER BY popularity DESC, product_id DESC LIMIT 1 OFFSET %s",
            [number - 1],
        )
        row = cursor.fetchone()
    return list(row) if row else None
