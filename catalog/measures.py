"""Numbers with units, dates and sizes of files as a reader of each language writes them. No database here."""

from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal
from babel.units import format_unit, get_unit_name

#: What a merchant can choose, by its name in Unicode's CLDR, which knows how each language writes it.
UNITS = (
    "length-millimeter",
    "length-centimeter",
    "length-meter",
    "mass-gram",
    "mass-kilogram",
    "volume-milliliter",
    "volume-liter",
    "area-square-meter",
    "duration-minute",
    "duration-hour",
    "duration-day",
    "duration-month",
    "duration-year",
    "power-watt",
    "electric-volt",
    "temperature-celsius",
    "concentr-percent",
    "digital-megabyte",
)
# Short forms of time read like riddles ("40 mths"); American millilitres (mL) like a mistake.
_IN_FULL = "duration-"
_UNITS_OF = {"en": "en_GB"}


def plain(number: Decimal) -> str:
    """The number without zeros that say nothing, as an address writes it: 40, 2.5, -3."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def say_number(number: Decimal, language: str, unit: str = "", own_unit: str = "") -> str:
    """`2.5 cm` in English, `2,5 см` in Russian; `own_unit` is a word that stands for itself."""
    number = Decimal(plain(number))
    if own_unit:
        return f"{_decimal(number, language)}\u00a0{own_unit}"
    if unit not in UNITS:
        return _decimal(number, language)
    length = "long" if unit.startswith(_IN_FULL) else "short"
    return format_unit(number, unit, length=length, format=_pattern(number), locale=_UNITS_OF.get(language, language))


def _decimal(number: Decimal, language: str) -> str:
    return format_decimal(number, format=_pattern(number), locale=language)


def _pattern(number: Decimal) -> str:
    """Four digits stay together: 1500 mm is easier to read than 1,500 mm."""
    return "#,##0.####" if abs(number) >= 10_000 else "0.####"


def unit_choices(language: str) -> list[tuple[str, str]]:
    """(name, `centimetres (cm)`) for a form."""
    locale = _UNITS_OF.get(language, language)
    return [(unit, _name(unit, locale)) for unit in UNITS]


def unit_sign(unit: str, language: str) -> str:
    """`cm` or `см`; empty for none."""
    return _sign(unit, _UNITS_OF.get(language, language)) if unit in UNITS else ""


def _name(unit: str, locale: str) -> str:
    """Not every language has a long name for every unit."""
    name, sign = get_unit_name(unit, "long", locale), _sign(unit, locale)
    return f"{name} ({sign})" if name else sign


def _sign(unit: str, locale: str) -> str:
    return format_unit(1, unit, "short", locale=locale).replace("1", "").strip("\u00a0\u202f ")


def say_date(day: date, language: str) -> str:
    """`3 March 2026`, `3 de marzo de 2026`, `3 марта 2026 г.`"""
    return format_date(day, "long", locale=_UNITS_OF.get(language, language))


def say_size(size: int, language: str) -> str:
    """How large a file is, in the unit that makes it a small number."""
    for unit, bytes_ in (("digital-megabyte", 1 << 20), ("digital-kilobyte", 1 << 10)):
        if size >= bytes_ or unit == "digital-kilobyte":
            number = max(round(Decimal(size) / bytes_, 1 if size < 10 * bytes_ else 0), Decimal("0.1"))
            return format_unit(number, unit, "short", format="0.#", locale=_UNITS_OF.get(language, language))
    return ""
