"""Taking over a carrier's list of pick-up points: new ones come, others change, missing ones are no longer offered."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from customers.models import Customer
from orders import delivery, points
from orders.models import PickupList, PickupPoint

TOLD = ("name", "line1", "postcode", "city", "country", "latitude", "longitude", "hours", "is_active")
WRITTEN = [*TOLD, "postcode_key", "city_key"]
BATCH, MOST_FAULTS = 500, 200


class AlreadyTaken(Exception):
    """The list was taken over before: send it again to do it anew."""


@dataclass
class Report:
    """What came of a list; `faults` are the rows that were left out, counted from 1 below the headings, and why."""

    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    left_out: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)

    def leave_out(self, number: int, why: str) -> None:
        self.left_out += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append((number, why))


def keep(
    content: bytes, name: str, carrier: str, country: str, is_whole: bool = True, actor: Customer | None = None
) -> PickupList:
    """Keep a file until somebody says which column is what. Raises points.Unreadable."""
    text = points.read(content)
    table = points.table_of(text)
    # As the last list of this carrier that looked the same was read.
    known = PickupList.objects.filter(carrier=carrier, taken_at__isnull=False).first()
    columns = known.columns if known and max(known.columns.values(), default=0) < len(table.headings) else {}
    return PickupList.objects.create(
        carrier=carrier, country=country, is_whole=is_whole, file_name=name[-120:], text=text, actor=actor,
        columns={**columns, **points.guess(table.headings)},
    )  # fmt: skip


@transaction.atomic
def take(sent: PickupList, columns: Mapping[str, int], now: datetime) -> Report:
    """Take all rows over that can be read, and say of the others why not. Raises AlreadyTaken, points.Unreadable."""
    sent = PickupList.objects.select_for_update().get(pk=sent.pk)
    if sent.taken_at:
        raise AlreadyTaken(sent.pk)
    report = Report()
    rows = _read(sent, columns, report)
    before = {point.code: point for point in PickupPoint.objects.filter(carrier=sent.carrier)}
    fresh = [point for code, point in rows.items() if code not in before]
    moved = [point for code, point in rows.items() if code in before and _differs(before[code], point)]
    PickupPoint.objects.bulk_create(
        fresh + moved, BATCH, update_conflicts=True, unique_fields=["carrier", "code"], update_fields=WRITTEN
    )
    report.new, report.changed = len(fresh), len(moved)
    report.same = len(rows) - len(fresh) - len(moved)
    if sent.is_whole and rows:
        report.gone = _give_up(before, rows)
    PickupList.objects.filter(pk=sent.pk).update(text="", columns=dict(columns), report=asdict(report), taken_at=now)
    # Where there are points at all belongs to the terms of delivery.
    delivery.changed()
    return report


def _read(sent: PickupList, columns: Mapping[str, int], report: Report) -> dict[str, PickupPoint]:
    """By their codes; what cannot be read is told in the report."""
    found: dict[str, PickupPoint] = {}
    for number, row in enumerate(points.table_of(sent.text).rows, 1):
        try:
            point = points.point_of(row, columns, sent.carrier, sent.country.code)
        except points.Fault as fault:
            report.leave_out(number, str(fault))
            continue
        if point.code in found:
            report.leave_out(number, _("The code %(code)s stands in the file before.") % {"code": point.code})
        else:
            found[point.code] = point
    return found


def _differs(old: PickupPoint, new: PickupPoint) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in TOLD)


def _give_up(before: Mapping[str, PickupPoint], rows: Mapping[str, PickupPoint]) -> int:
    """In the countries that the file speaks of."""
    countries = {point.country.code for point in rows.values()}
    gone = [
        point.pk
        for code, point in before.items()
        if point.is_active and code not in rows and point.country.code in countries
    ]
    for start in range(0, len(gone), BATCH):
        PickupPoint.objects.filter(pk__in=gone[start : start + BATCH]).update(is_active=False)
    return len(gone)
