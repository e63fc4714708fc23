"""Prices, weights and counts as files write them. Each raises Wrong with a sentence."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel.numbers import get_currency_symbol, is_currency
from django.conf import settings
from django.utils.translation import gettext as _

from catalog.actions.importing.faults import Wrong
from catalog.money import Money

# In major units: nothing in a shop costs ten millions, but a column that slipped does.
DEAREST = 10_000_000
MOST_PIECES = 10_000_000
HEAVIEST = 50_000_000
GROUPED = {".": re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?"), ",": re.compile(r"\d{1,3}([. \u00a0\u202f]\d{3})+(,\d+)?")}
GRAMS = {"g": Decimal(1), "kg": Decimal(1000), "oz": Decimal("28.349523125"), "lb": Decimal("453.59237")}
YES, NO = {"true", "yes", "1", "y", "t"}, {"false", "no", "0", "n", "f"}


def price(text: str, decimal: str = ".", currency: str = "") -> int:
    """Minor units of that currency, the shop's own unless told."""
    currency = currency or settings.SHOP_CURRENCY
    if not _is_currency(currency):
        raise Wrong(_("“%(text)s” is not a currency.") % {"text": currency[:10]})
    bare = _without_currency(text, currency)
    try:
        money = Money.parse(_dotted(bare, decimal), currency)
    except ValueError:
        raise Wrong(
            _("“%(text)s” is not a price in %(currency)s.") % {"text": text[:40], "currency": currency}
        ) from None
    if money.minor < 0:
        raise Wrong(_("The price %(text)s is below zero.") % {"text": text[:40]})
    if money.amount > DEAREST:
        raise Wrong(_("The price %(text)s cannot be meant.") % {"text": text[:40]})
    return money.minor


def pieces(text: str, decimal: str = ".") -> int:
    """A whole number; what is below zero stays below zero."""
    found = number(text, decimal)
    if found != found.to_integral_value() or abs(found) > MOST_PIECES:
        raise Wrong(_("“%(text)s” is not a number of pieces.") % {"text": text[:40]})
    return int(found)


def grams(text: str, unit: str = "g", decimal: str = ".") -> int:
    """A weight in that unit (g, kg, oz, lb), in whole grams."""
    weight = number(text, decimal) * GRAMS.get(unit.lower(), GRAMS["g"])
    if not 0 <= weight <= HEAVIEST:
        raise Wrong(_("“%(text)s” is not a weight.") % {"text": text[:40]})
    return int(weight.to_integral_value())


def truth(text: str) -> bool | None:
    """Yes or no; None when the cell is empty or says something else."""
    text = text.casefold()
    return True if text in YES else False if text in NO else None


def number(text: str, decimal: str) -> Decimal:
    """A number as it is written."""
    try:
        found = Decimal(_dotted(text.strip(), decimal))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found.adjusted()) > 12:
        raise Wrong(_("“%(text)s” is not a number.") % {"text": text[:40]})
    return found


def _dotted(text: str, decimal: str) -> str:
    """The number as Python reads it: a point before the decimals, no signs between thousands."""
    text = text.strip()
    if "_" in text:
        return "?"  # Python would read 1_000, but nobody writes prices so.
    if GROUPED[decimal].fullmatch(text):
        text = re.sub(r"[,\s]" if decimal == "." else r"[.\s]", "", text)
    return text.replace(",", ".") if decimal == "," else text


@lru_cache(maxsize=256)
def _symbol_of(currency: str) -> str:
    return get_currency_symbol(currency, locale="en")


@lru_cache(maxsize=256)
def _is_currency(code: str) -> bool:
    return is_currency(code)


def _without_currency(text: str, currency: str) -> str:
    text = text.strip()
    if text.isascii() and text.replace(".", "").replace(",", "").isdigit():
        return text
    for mark in (currency, _symbol_of(currency)):
        if text.casefold().endswith(mark.casefold()):
            return text[: -len(mark)].strip()
        if text.casefold().startswith(mark.casefold()):
            return text[len(mark) :].strip()
    return text
