"""The rates of the European Union as a start: what would change, and changing it. Old rates stay as history."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from catalog.models import TaxClass
from orders.models import TaxRate, TaxRegion
from orders.models.tax import ALWAYS

FILE = Path(__file__).parent.parent / "data" / "eu_tax_rates.json"


@dataclass(frozen=True, slots=True)
class Change:
    """A rate that the list knows and the shop does not have like that; `was` is None for a new one.

    `region` is the code of a region or empty, `tax_class` a code or None for everything.
    """

    country: str
    region: str
    region_name: str
    tax_class: str | None
    was: int | None
    rate_bp: int


def known_rates() -> dict:
    """The list that comes with the shop, as it lies in its file: `as_of`, `source`, `countries`, `regions`."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def changes(day: date, countries: Iterable[str] | None = None) -> list[Change]:
    """What loading the list would change, for these countries or all of them. Three queries."""
    wanted = None if countries is None else set(countries)
    classes = list(TaxClass.objects.filter(is_taxed=True).values_list("code", flat=True))
    have = _held(day)
    return [
        change
        for change in _listed(classes)
        if (wanted is None or change.country in wanted)
        and have.get((change.country, change.region, change.tax_class)) != change.rate_bp
        for change in [_with_past(change, have)]
    ]


@transaction.atomic
def load(found: Iterable[Change], day: date) -> int:
    """Write these changes: new rates hold always, changed ones from that day on. Returns how many rows were written."""
    found = list(found)
    regions = _regions(found)
    rows = [
        TaxRate(
            country=change.country,
            region=regions.get(change.region),
            tax_class_id=change.tax_class,
            rate_bp=change.rate_bp,
            valid_from=ALWAYS if change.was is None else day,
        )
        for change in found
    ]
    for row in rows:
        # A second change on the same day takes the place of the first.
        TaxRate.objects.filter(
            country=row.country, region=row.region, tax_class=row.tax_class_id, valid_from=row.valid_from
        ).delete()
    return len(TaxRate.objects.bulk_create(rows))


def _listed(classes: list[str]) -> Iterable[Change]:
    known = known_rates()
    for row in known["countries"]:
        for code in classes:
            if code in row:
                yield Change(row["country"], "", "", code, None, row[code])
    for row in known["regions"]:
        place = (row["country"], row["code"], row["name"])
        if "rates" not in row:
            yield Change(*place, None, None, 0)
        for code, rate in row.get("rates", {}).items():
            if code in classes:
                yield Change(*place, code, None, rate)


def _held(day: date) -> dict[tuple[str, str, str | None], int]:
    rows = TaxRate.objects.filter(valid_from__lte=day).select_related("region").order_by("valid_from")
    return {(row.country.code, row.region.code if row.region else "", row.tax_class_id): row.rate_bp for row in rows}


def _with_past(change: Change, have: dict) -> Change:
    was = have.get((change.country, change.region, change.tax_class))
    return Change(change.country, change.region, change.region_name, change.tax_class, was, change.rate_bp)


def _regions(found: list[Change]) -> dict[str, TaxRegion]:
    codes = {change.region for change in found if change.region}
    for row in known_rates()["regions"]:
        if row["code"] in codes:
            facts = {name: row[name] for name in ("country", "name", "postcodes")}
            TaxRegion.objects.get_or_create(code=row["code"], defaults=facts)
    return {region.code: region for region in TaxRegion.objects.filter(code__in=codes)}
