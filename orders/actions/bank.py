"""Transfers that the bank tells of, brought together with the orders that wait for them. Nothing is paid unasked."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from customers.models import Customer
from orders import bank
from orders.actions import payments
from orders.bank.table import text_of
from orders.models import BankFile, BankLayout, BankLine, Order, Payment, PaymentMethod

Status, Reason = BankLine.Status, BankLine.Reason
_NUMBERS = re.compile(r"(?<!\d)\d{6,12}(?!\d)")
BATCH = 500


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a file: `faults` are the first rows that could not be read, by their number."""

    new: int
    known: int
    outgoing: int
    faults: tuple[int, ...] = ()


def keep(content: bytes, name: str, actor: Customer | None, now: datetime) -> BankFile:
    """Take a file in; one that is known already is returned as it is. Raises bank.Unreadable."""
    text = text_of(content)
    bank.read(text)
    facts = {"name": name[:120], "text": text, "actor": actor, "created_at": now}
    file, is_new = BankFile.objects.get_or_create(digest=hashlib.sha256(content).hexdigest(), defaults=facts)
    if not is_new and not file.text:
        # Read before; reading it again shows that nothing in it is new.
        file.text = text
        file.save(update_fields=["text"])
    return file


def columns_of(table: bank.Table) -> dict[str, int]:
    """Which column is what: as it was said for such a file before, else as its headings look."""
    kept = BankLayout.objects.filter(key=_key(table)).first()
    return dict(kept.columns) if kept else bank.guess(table.headings)


def is_complete(columns: Mapping[str, int]) -> bool:
    return all(role in columns for role in bank.NEEDED)


@transaction.atomic
def read(file: BankFile, columns: Mapping[str, int]) -> Read:
    """Write the file's new lines down, matched; remembers the columns for files with these headings.

    A line is the same when day, amount, payer and text are, so a file that was sent twice, or overlaps another one,
    brings nothing twice. Raises bank.Unreadable.
    """
    table = bank.read(file.text)
    BankLayout.objects.update_or_create(key=_key(table), defaults={"columns": dict(columns)})
    lines, faults, outgoing, seen = [], [], 0, Counter()
    for number, row in enumerate(table.rows, 2):
        try:
            line = _line(row, columns, file)
        except bank.NotACell:
            faults.append(number)
            continue
        if line.amount <= 0:
            outgoing += 1
            continue
        same = (line.booked_on, line.amount, line.currency, line.payer, line.text)
        seen[same] += 1
        line.digest = hashlib.sha256(repr((*same, seen[same])).encode()).hexdigest()
        lines.append(line)
    known = _known({line.digest for line in lines})
    new = [line for line in lines if line.digest not in known]
    match(new)
    BankLine.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    BankFile.objects.filter(pk=file.pk).update(text="")
    return Read(len(new), len(lines) - len(new), outgoing, tuple(faults[:20]))


def match(lines: Iterable[BankLine]) -> None:
    """Say of each line which order it pays, or why none. A few queries however many there are."""
    lines = list(lines)
    named = {line: set(_NUMBERS.findall(f"{line.text} {line.payer}")) for line in map(_Key, lines)}
    orders = _orders(set().union(*named.values()) if named else set())
    waiting = _waiting()
    by_amount: dict[tuple, list[Payment]] = {}
    for payment in waiting.values():
        by_amount.setdefault((payment.amount, payment.currency), []).append(payment)
    # What an earlier line paid says nothing about what was added to the order since.
    asked_again = [payment.order_id for payment in waiting.values() if payment.supplement_id]
    taken = set(
        BankLine.objects.filter(status__in=[Status.EXACT, Status.PAID], order__isnull=False)
        .exclude(pk__in=[line.pk for line in lines if line.pk])
        .exclude(status=Status.PAID, order__in=asked_again)
        .values_list("order_id", flat=True)
    )
    for key, numbers in named.items():
        line = key.line
        found = [orders[number] for number in numbers if number in orders]
        line.status, line.order, line.reason = _judge(line, numbers, found, waiting, by_amount, taken)
        if line.status == Status.EXACT:
            taken.add(line.order.pk)


def confirm(lines: Iterable[BankLine], actor: Customer | None, now: datetime) -> tuple[int, int]:
    """Mark the orders of these lines as paid, each once; gives how many were, and how many no longer could be."""
    done = left = 0
    for line in lines:
        try:
            paid = _confirm(line.pk, actor, now)
        except IntegrityError:
            # In this very moment another line paid the order.
            paid = False
        done, left = done + paid, left + (not paid)
    return done, left


def look_again() -> int:
    """Match what is still to look at anew, because orders were placed or paid since; how many fit now."""
    lines = list(BankLine.objects.filter(status__in=[Status.OPEN, Status.EXACT])[:5000])
    match(lines)
    BankLine.objects.bulk_update(lines, ["status", "order", "reason"], batch_size=BATCH)
    return sum(line.status == Status.EXACT for line in lines)


# What is bought on account comes by transfer in the end.
BY_TRANSFER = (PaymentMethod.Code.BANK_TRANSFER, PaymentMethod.Code.ON_ACCOUNT)


@transaction.atomic
def _confirm(pk: int, actor: Customer | None, now: datetime) -> bool:
    line = BankLine.objects.select_for_update().get(pk=pk)
    if line.status not in (Status.EXACT, Status.OPEN) or line.order is None:
        return False
    due = line.order.payments.filter(status=Payment.Status.PENDING, method__in=BY_TRANSFER).first()
    fits = due is not None and (due.amount, due.currency) == (line.amount, line.currency)
    if not fits or not payments.mark_paid(line.order, actor, now, reference=f"{line.booked_on} · {line.pk}"):
        BankLine.objects.filter(pk=pk).update(status=Status.OPEN, reason=Reason.NOT_WAITING)
        return False
    BankLine.objects.filter(pk=pk).update(status=Status.PAID, reason=Reason.NONE, payment=due)
    return True


class _Key:
    """A line that is not saved yet has no key: it is told apart by being itself."""

    def __init__(self, line: BankLine) -> None:
        self.line, self.text, self.payer = line, line.text, line.payer


def _judge(line, numbers, found, waiting, by_amount, taken) -> tuple[str, Order | None, str]:
    if len(found) > 1:
        return Status.OPEN, None, Reason.SEVERAL
    if found:
        order, due = found[0], waiting.get(found[0].pk)
        if due is None:
            return Status.OPEN, order, Reason.NOT_WAITING
        if due.currency != line.currency:
            return Status.OPEN, order, Reason.CURRENCY
        if due.amount != line.amount:
            return Status.OPEN, order, Reason.AMOUNT
        return (Status.OPEN, order, Reason.TWICE) if order.pk in taken else (Status.EXACT, order, Reason.NONE)
    alike = [one for one in by_amount.get((line.amount, line.currency), []) if one.order_id not in taken]
    if len(alike) == 1:
        return Status.OPEN, alike[0].order, Reason.BY_AMOUNT
    return Status.OPEN, None, Reason.UNKNOWN if numbers else Reason.NO_NUMBER


def _orders(numbers: set[str]) -> dict[str, Order]:
    wanted, found = sorted(numbers), {}
    for start in range(0, len(wanted), BATCH):
        for order in Order.objects.filter(number__in=wanted[start : start + BATCH]):
            found[order.number] = order
    return found


def _waiting() -> dict[int, Payment]:
    """The transfers that are waited for, by order."""
    due = Payment.objects.filter(status=Payment.Status.PENDING, method__in=BY_TRANSFER)
    due = due.filter(order__status=Order.Status.PLACED).select_related("order")
    return {payment.order_id: payment for payment in due}


def _known(digests: set[str]) -> set[str]:
    wanted, found = sorted(digests), set()
    for start in range(0, len(wanted), BATCH):
        part = wanted[start : start + BATCH]
        found.update(BankLine.objects.filter(digest__in=part).values_list("digest", flat=True))
    return found


def _line(row: tuple[str, ...], columns: Mapping[str, int], file: BankFile) -> BankLine:
    cell = {role: row[at] if at < len(row) else "" for role, at in columns.items()}
    told = cell.get("currency", "").upper()
    currency = told if re.fullmatch(r"[A-Z]{3}", told) else settings.SHOP_CURRENCY
    return BankLine(
        file=file,
        booked_on=bank.day_of(cell["date"]),
        amount=bank.amount_of(cell["amount"] or "0", currency),
        currency=currency,
        payer=cell.get("payer", "")[:160],
        text=cell["text"][:300],
    )


def _key(table: bank.Table) -> str:
    return hashlib.sha256("\n".join(table.headings).casefold().encode()).hexdigest()
