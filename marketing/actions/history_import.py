"""Orders and looks from another system: read row by row, into rows of their own that need none of our products."""

import csv
import gzip
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from catalog.money import digits
from customers.consent import normal
from marketing.actions.profiles import stir
from marketing.models import Event, PastOrder, Profile

BATCH = 1000
SHOWN_FAULTS = 20
LARGEST = 10**15
ORDER_COLUMNS = ("order", "person", "at", "total", "quantity", "price", "currency", "code")
LOOK_COLUMNS = ("visit", "place", "thing", "at")


class Unreadable(ValueError):
    """The file has not the columns that were named."""


@dataclass(slots=True)
class Report:
    """What became of the rows; of the faults the first are told with their line."""

    rows: int = 0
    orders: int = 0
    known_before: int = 0
    people: int = 0
    facts: int = 0
    left_out: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)

    def leave_out(self, line: int, why: str) -> None:
        self.left_out += 1
        if len(self.faults) < SHOWN_FAULTS:
            self.faults.append((line, why))


@dataclass(slots=True)
class Sum:
    """An order while its rows come in."""

    person: str
    at: datetime
    value: int = 0
    pieces: int = 0
    currency: str = ""
    codes: set[str] = field(default_factory=set)


@contextmanager
def opened(path: Path):
    """Rows of a CSV file, packed by gzip or not, as dictionaries."""
    open_it = gzip.open if path.suffix == ".gz" else open
    with open_it(path, "rt", encoding="utf-8-sig", errors="replace", newline="") as file:
        yield csv.DictReader(file)


def take_orders(rows: csv.DictReader, columns: Mapping[str, str], source: str, currency: str) -> Report:
    """Add up the rows of each order and keep what is new by (source, order); run twice, nothing more happens.

    `columns` says which column is which (ORDER_COLUMNS): `total` of a row, or `quantity` and `price`. A person without
    an address gets one that no mail can reach. Raises Unreadable.
    """
    _refuse_missing(rows, columns, {"order", "person", "at"})
    report, sums = Report(), {}
    for line, row in enumerate(rows, 2):
        report.rows += 1
        try:
            _add(sums, _cells(row, columns), currency)
        except ValueError as fault:
            report.leave_out(line, str(fault))
    for batch in _batches(sums.items()):
        _keep(batch, source, report)
    return report


def _add(sums: dict[str, Sum], cell: Mapping[str, str], currency: str) -> None:
    reference, person = cell["order"][:60], cell["person"]
    if not reference or not person:
        raise ValueError("no order or no person")
    code = (cell.get("currency") or currency).upper()[:3]
    pieces = _whole(cell.get("quantity", "1"))
    value = _minor(cell["total"], code) if cell.get("total") else _minor(cell.get("price", ""), code) * pieces
    if abs(value) > LARGEST:
        raise ValueError("the sum is too large")
    order = sums.setdefault(reference, Sum(person, _moment(cell["at"]), currency=code))
    if (order.person, order.currency) != (person, code):
        raise ValueError("the order has another person or currency in another row")
    order.value += value
    order.pieces += max(0, pieces)
    if cell.get("code"):
        order.codes.add(cell["code"].replace(" ", "")[:40])


@transaction.atomic
def _keep(batch: list[tuple[str, Sum]], source: str, report: Report) -> None:
    people = _people({order.person: order.at for _reference, order in reversed(batch)}, source, report)
    before = PastOrder.objects.filter(source=source, reference__in=[reference for reference, _order in batch])
    there = set(before.values_list("reference", flat=True))
    new = [(reference, order) for reference, order in batch if reference not in there]
    report.known_before += len(batch) - len(new)
    PastOrder.objects.bulk_create(
        PastOrder(
            source=source, reference=reference, profile_id=people[order.person], placed_at=order.at, value=order.value,
            currency=order.currency, pieces=order.pieces, codes=" ".join(sorted(order.codes))[:200],
        )
        for reference, order in new
    )  # fmt: skip
    facts = [
        Event(
            type=Event.Type.ORDERED if order.value >= 0 else Event.Type.REFUNDED, profile_id=people[order.person],
            text=reference, value=abs(order.value), currency=order.currency, source=source,
            dedupe_key=f"order:{reference}", occurred_at=order.at,
        )
        for reference, order in new
    ]  # fmt: skip
    Event.objects.bulk_create(facts, ignore_conflicts=True)
    report.orders += len(new)
    report.facts += len(facts)
    stir(list({people[order.person] for _reference, order in new}))


def _people(since: Mapping[str, datetime], source: str, report: Report) -> dict[str, int]:
    """The profiles of these names, by name; those that are new are made."""
    address = {name: address_of(name, source) for name in since}
    rows = Profile.everyone.filter(email__in=set(address.values()))
    known = {email: into or pk for pk, email, into in rows.values_list("pk", "email", "merged_into")}
    new = {email: since[name] for name, email in address.items() if email not in known}
    made = Profile.objects.bulk_create(Profile(email=email, created_at=at) for email, at in new.items())
    report.people += len(made)
    known |= {profile.email: profile.pk for profile in made}
    return {name: known[email] for name, email in address.items()}


def address_of(name: str, source: str) -> str:
    """The address of a person, or for a mere number one that can never be reached: 17850@shop-old.invalid."""
    name = name.removesuffix(".0")
    return normal(name)[:254] if "@" in name else f"{normal(name)}@{source}.invalid"[-254:]


def take_looks(rows: csv.DictReader, columns: Mapping[str, str], source: str, at: datetime) -> Report:
    """Keep products that were looked at, each once by (source, visit, place). Nobody is named: a visit is no person.

    Where the file tells no time, `at` stands for all of it. Raises Unreadable.
    """
    _refuse_missing(rows, columns, {"visit", "place", "thing"})
    report = Report()
    for batch in _batches(enumerate(rows, 2)):
        facts = []
        for line, row in batch:
            report.rows += 1
            cell = _cells(row, columns)
            try:
                moment = _moment(cell["at"]) if cell.get("at") else at
            except ValueError as fault:
                report.leave_out(line, str(fault))
                continue
            key = f"look:{cell['visit']}:{cell['place']}"[:80]
            kind = Event.Type.VIEWED
            facts.append(Event(type=kind, text=cell["thing"][:120], source=source, dedupe_key=key, occurred_at=moment))
        Event.objects.bulk_create(facts, ignore_conflicts=True)
        report.facts += len(facts)
    return report


def _refuse_missing(rows: csv.DictReader, columns: Mapping[str, str], needed: set[str]) -> None:
    missing = [name for name in sorted(needed) if columns.get(name) not in (rows.fieldnames or [])]
    if missing:
        raise Unreadable(f"no column for: {', '.join(missing)}")


def _cells(row: Mapping, columns: Mapping[str, str]) -> dict[str, str]:
    return {name: (row.get(column) or "").replace("\x00", "").strip() for name, column in columns.items()}


def _moment(text: str) -> datetime:
    found = parse_datetime(text) if len(text) > 10 else None
    if found is None and (day := parse_date(text[:10])):
        found = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - made aware below
    if found is None:
        raise ValueError(f"no time: {text[:40]}")
    return timezone.make_aware(found) if timezone.is_naive(found) else found


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"no number: {text[:40]}") from None
    if not number.is_finite() or abs(number) > LARGEST:
        raise ValueError(f"no number: {text[:40]}")
    return number


def _minor(text: str, currency: str) -> int:
    return int((_number(text) * 10 ** digits(currency)).to_integral_value("ROUND_HALF_UP"))


def _whole(text: str) -> int:
    return int(_number(text))


def _batches(rows: Iterable) -> Iterator[list]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch
