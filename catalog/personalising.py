"""The answers a buyer gives: checked against what a product asks, told apart, and said in words. No database here.

Answers are kept as texts by the key of what was asked: `{"12": "Ada", "13": "44.5"}`.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from babel.dates import format_date
from babel.numbers import format_decimal
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog.cleaning import clean_line, clean_text
from catalog.models import Personalisation
from catalog.moments import locale_of
from catalog.words import say, words_of

Kind = Personalisation.Kind
Answers = dict[str, str]
# What an engraver or a card can hold; a merchant may ask for less, never for more.
MOST_SIGNS = {Kind.TEXT: 200, Kind.LONG: 1000}
NUMBER_SIGNS = 20
# A day far ahead is a slip of the finger.
MOST_DAYS = 3660
YES = "yes"


class NotAnswered(Exception):
    """The answers do not fit; `faults` is a sentence for each personalisation, by its key."""

    def __init__(self, faults: dict[int, str]) -> None:
        super().__init__(faults)
        self.faults = faults


class _Fault(Exception):
    pass


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked and answered, in words; `price` is what one piece costs more (minor units)."""

    label: str
    words: str
    price: int
    is_personal: bool
    # What the till does with it, and the answer as it was kept.
    role: str = ""
    value: str = ""


def check(asked: Iterable[Personalisation], typed: Mapping[str, str], today: date) -> Answers:
    """The answers fit to be kept; what was left empty, or was not asked, is left out. Raises NotAnswered."""
    answers, faults = {}, {}
    for one in asked:
        try:
            value = _read(one, typed.get(str(one.pk)) or "", today)
        except _Fault as fault:
            faults[one.pk] = str(fault)
            continue
        if value:
            answers[str(one.pk)] = value
    if faults:
        raise NotAnswered(faults)
    return answers


def still_fit(asked: Iterable[Personalisation], answers: Answers, today: date) -> bool:
    """Whether answers that were kept are still what the product asks for."""
    try:
        return check(asked, answers, today) == answers
    except NotAnswered:
        return False


def key_of(answers: Answers) -> str:
    """A short text that is equal for equal answers, and empty for none."""
    if not answers:
        return ""
    return hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()


def extra_of(asked: Iterable[Personalisation], answers: Mapping[str, str], currency: str) -> int | None:
    """What the answers add to each piece (minor units); None where one of them has no price in that currency."""
    prices = [one.price_in(currency) for one in asked if str(one.pk) in answers]
    return None if None in prices else sum(prices)


def in_words(asked: Iterable[Personalisation], answers: Answers, currency: str) -> tuple[Answer, ...]:
    """The answers as people read them, in the active language and in the order of the questions, with their prices."""
    return tuple(
        Answer(
            one.label,
            _say(one, answers[str(one.pk)]),
            one.price_in(currency) or 0,
            one.excludes_return,
            one.role,
            answers[str(one.pk)] if one.role else "",
        )
        for one in asked
        if str(one.pk) in answers
    )


def choices_of(one: Personalisation) -> list[tuple[str, str]]:
    """(what is kept, what is read) of a list to choose from: kept as in the shop's first language."""
    words = words_of(one, "choices")
    kept = _lines(next(iter(words.values()), ""))
    said = _lines(say(words, get_language() or ""))
    return [(line, said[place] if place < len(said) else line) for place, line in enumerate(kept)]


def days_of(one: Personalisation, today: date) -> tuple[date, date]:
    """The first and the last day that may be chosen."""
    least = min(int(one.least or 0), MOST_DAYS)
    most = MOST_DAYS if one.most is None else min(int(one.most), MOST_DAYS)
    return today + timedelta(days=least), today + timedelta(days=most)


def most_signs(one: Personalisation) -> int:
    """How many characters a text may have."""
    most = MOST_SIGNS[Kind(one.kind)]
    return most if one.most is None else max(1, min(int(one.most), most))


def _read(one: Personalisation, typed: str, today: date) -> str:
    text = clean_text(typed) if one.kind == Kind.LONG else clean_line(typed)
    if not text:
        if one.is_required:
            raise _Fault(_missing(one))
        return ""
    return _READERS[Kind(one.kind)](one, text, today)


def _missing(one: Personalisation) -> str:
    return {
        Kind.NUMBER: _("Write a number here."),
        Kind.CHOICE: _("Choose one of these."),
        Kind.TICK: _("This has to be ticked."),
        Kind.DATE: _("Choose a day."),
    }.get(one.kind, _("Write something here."))


def _read_words(one: Personalisation, text: str, today: date) -> str:
    most = most_signs(one)
    if len(text) > most:
        words = ngettext(
            "At most %(most)d character fits here; you wrote %(number)d.",
            "At most %(most)d characters fit here; you wrote %(number)d.",
            most,
        )
        raise _Fault(words % {"most": most, "number": len(text)})
    if one.role == Personalisation.Role.RECEIVER:
        _refuse_no_address(text)
    return text


def _refuse_no_address(text: str) -> None:
    try:
        validate_email(text)
    except ValidationError:
        raise _Fault(_("An e-mail address looks like name@example.com.")) from None


def _read_number(one: Personalisation, text: str, today: date) -> str:
    try:
        number = Decimal(text.replace(",", ".")) if len(text) <= NUMBER_SIGNS else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= 10**7:
        raise _Fault(_("Write a number, such as %(example)s.") % {"example": _plain(_example(one))})
    if (one.least is not None and number < one.least) or (one.most is not None and number > one.most):
        raise _Fault(_limits(one))
    if (number - (one.least or 0)) % one.step:
        raise _Fault(_("Write it in steps of %(step)s.") % {"step": _plain(one.step)})
    return str(_trimmed(number))


def _read_choice(one: Personalisation, text: str, today: date) -> str:
    if text not in dict(choices_of(one)):
        raise _Fault(_("Choose one of these."))
    return text


def _read_tick(one: Personalisation, text: str, today: date) -> str:
    return YES


def _read_day(one: Personalisation, text: str, today: date) -> str:
    first, last = days_of(one, today)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _Fault(_("Write the day as year-month-day, such as %(example)s.") % {"example": first}) from None
    if not first <= day <= last:
        words = _("Choose a day from %(first)s to %(last)s.")
        raise _Fault(words % {"first": _day_in_words(first), "last": _day_in_words(last)})
    return day.isoformat()


_READERS = {
    Kind.TEXT: _read_words,
    Kind.LONG: _read_words,
    Kind.NUMBER: _read_number,
    Kind.CHOICE: _read_choice,
    Kind.TICK: _read_tick,
    Kind.DATE: _read_day,
}


def _say(one: Personalisation, value: str) -> str:
    match one.kind:
        case Kind.NUMBER:
            return f"{_plain(Decimal(value))} {one.unit}".strip()
        case Kind.CHOICE:
            return dict(choices_of(one)).get(value, value)
        case Kind.TICK:
            return _("yes")
        case Kind.DATE:
            return _day_in_words(date.fromisoformat(value))
    return value


def _limits(one: Personalisation) -> str:
    limits = {"least": _plain(one.least), "most": _plain(one.most), "unit": one.unit}
    if one.least is None:
        words = _("Write a number up to %(most)s %(unit)s.")
    elif one.most is None:
        words = _("Write a number from %(least)s %(unit)s on.")
    else:
        words = _("Write a number from %(least)s to %(most)s %(unit)s.")
    return (words % limits).replace(" .", ".").replace("  ", " ")


def _example(one: Personalisation) -> Decimal:
    return one.least if one.least is not None else one.step


def _plain(number: Decimal | None) -> str:
    return "" if number is None else format_decimal(_trimmed(number), locale=get_language() or "en")


def _trimmed(number: Decimal) -> Decimal:
    """Without zeros at the end, and not as 4E+1."""
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if number == whole else number.normalize()


def _day_in_words(day: date) -> str:
    return format_date(day, "long", locale=locale_of(get_language() or "en"))


def _lines(text: str) -> list[str]:
    return [line for line in map(clean_line, text.splitlines()) if line]
