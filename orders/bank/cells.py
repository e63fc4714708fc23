"""Amounts and days as banks of many countries write them."""

import re
from datetime import date

from catalog.money import Money

# One sign between all groups of three.
_THOUSANDS = re.compile(r"\d{1,3}([.,'\u2019 ])\d{3}(\1\d{3})*")
# A currency beside the number, by its sign or its letters.
_CURRENCY = re.compile(r"[A-Za-z]{3}|[€$£¥₽]")
_DAY = re.compile(r"(\d{1,4})[./\-](\d{1,2})[./\-](\d{1,4})")
# Beyond this it is no payment of a shop.
MOST = 10**12


class NotACell(ValueError):
    """The cell cannot be read as what it should be."""


def amount_of(cell: str, currency: str) -> int:
    """Minor units of `1.234,56`, `1,234.56`, `1234.5`, `+12,00 €`; less than none for money that left."""
    text = _CURRENCY.sub("", cell.replace("\u00a0", " ").replace("\u202f", " "), count=1).strip()
    if not text or not re.fullmatch(r"[\d.,'\u2019+\-\u2212() ]+", text, re.ASCII):
        raise NotACell(cell)
    is_out = text.startswith(("-", "\u2212", "(")) or text.endswith("-")
    text = text.strip("+-\u2212() ")
    whole, sign, part = _split(text)
    digits = re.sub(r"\D", "", whole)
    if not digits or len(digits) > 15:
        raise NotACell(cell)
    try:
        minor = Money.parse(f"{digits}.{part}" if sign else digits, currency).minor
    except ValueError:
        raise NotACell(cell) from None
    if minor > MOST:
        raise NotACell(cell)
    return -minor if is_out else minor


def _split(text: str) -> tuple[str, str, str]:
    """The last point or comma parts the cents off, unless what follows are thousands."""
    if _THOUSANDS.fullmatch(text):
        return text, "", ""
    whole, sign, part = text.rpartition(max(".,", key=text.rfind))
    if not sign:
        return text, "", ""
    groups = _THOUSANDS.fullmatch(whole)
    if not (whole.isdigit() or (groups and groups[1] != sign)) or not part.isdigit():
        raise NotACell(text)
    return whole, sign, part


def day_of(cell: str) -> date:
    """The day of `2026-03-02`, `02/03/2026`, `2.3.26`; the day comes before the month unless that cannot be."""
    found = _DAY.match(cell.strip())
    if not found:
        raise NotACell(cell)
    first, second, third = map(int, found.groups())
    if len(found[1]) == 4:
        year, month, day = first, second, third
    else:
        day, month, year = first, second, third if third > 99 else 2000 + third
    if month > 12:
        day, month = month, day
    try:
        return date(year, month, day)
    except ValueError:
        raise NotACell(cell) from None
