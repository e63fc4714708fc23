"""How many, and how much."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.money import Money, digits
from catalog.queries.markets import currencies
from marketing.segments.params.base import LONGEST, Box, Param, Posted, is_whole, whole
from orders import kept

AT_LEAST, AT_MOST, NONE = "at-least", "at-most", "none"
MOST = 1_000_000
MOST_MONEY = 10**12
CURRENCY = re.compile(r"[A-Z]{3}")
AMOUNT = re.compile(r"[0-9]{1,10}([.,][0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Number(Param):
    """A whole number from `least` to `most`."""

    least: int = 0
    most: int = MOST
    begins: int = 1

    def first(self) -> int:
        return self.begins

    def typed(self, posted: Posted, at: str) -> int | str:
        return whole(posted.get(f"{at}-{self.name}", ""))

    def boxes(self, value: Any, at: str) -> list[Box]:
        return [Box(f"{at}-{self.name}", str(self.label), "number", value)]

    def fault(self, value: Any) -> str:
        told = {"label": self.label, "least": self.least, "most": self.most}
        wrong = _("“%(label)s”: a whole number from %(least)d to %(most)d.") % told
        return "" if is_whole(value, self.least, self.most) else wrong

    def words(self, value: Any) -> str:
        return f"{self.label} {value}"


@dataclass(frozen=True, slots=True)
class Count(Param):
    """{"compare": "at-least", "number": 2}; without a number for none at all."""

    def first(self) -> dict:
        return {"compare": AT_LEAST, "number": 1}

    def typed(self, posted: Posted, at: str) -> dict:
        compare = posted.get(f"{at}-{self.name}", "")[:LONGEST]
        number = whole(posted.get(f"{at}-{self.name}-number", ""))
        return {"compare": compare} if compare == NONE else {"compare": compare, "number": number}

    def boxes(self, value: Any, at: str) -> list[Box]:
        name = f"{at}-{self.name}"
        told = [(AT_LEAST, _("at least")), (AT_MOST, _("at most")), (NONE, _("not at all"))]
        return [
            Box(name, str(self.label), "select", value.get("compare"), told),
            Box(f"{name}-number", _("times"), "number", value.get("number", ""), only=f"{name}={AT_LEAST},{AT_MOST}"),
        ]

    def fault(self, value: Any) -> str:
        compare = value.get("compare") if isinstance(value, dict) else None
        least = {AT_LEAST: 1, AT_MOST: 0}.get(compare)
        if compare == NONE or (least is not None and is_whole(value.get("number"), least, MOST)):
            return ""
        return _("“%(label)s”: say how often, at least once.") % {"label": self.label}

    def words(self, value: Any) -> str:
        number = {"number": value.get("number")}
        if value["compare"] == NONE:
            return _("not at all")
        return (
            _("at least %(number)s times") if value["compare"] == AT_LEAST else _("at most %(number)s times")
        ) % number


@dataclass(frozen=True, slots=True)
class Sum(Param):
    """{"compare": "at-least", "amount": 5000, "currency": "EUR"}, in minor units. Currencies are never added up."""

    def first(self) -> dict:
        return {"compare": AT_LEAST, "amount": "", "currency": settings.SHOP_CURRENCY}

    def typed(self, posted: Posted, at: str) -> dict:
        name = f"{at}-{self.name}"
        currency = posted.get(f"{name}-currency", "")[:3]
        text = posted.get(f"{name}-amount", "").strip()[:LONGEST]
        return {"compare": posted.get(name, "")[:LONGEST], "amount": minor(text, currency), "currency": currency}

    def boxes(self, value: Any, at: str) -> list[Box]:
        name, amount, currency = f"{at}-{self.name}", value.get("amount"), value.get("currency", "")
        shown = f"{Money(amount, currency).amount:f}" if isinstance(amount, int) and currency else amount
        offered = [(code, code) for code in _currencies()]
        return [
            Box(
                name,
                str(self.label),
                "select",
                value.get("compare"),
                [(AT_LEAST, _("at least")), (AT_MOST, _("at most"))],
            ),
            Box(f"{name}-amount", _("amount"), "amount", shown),
            Box(f"{name}-currency", _("currency"), "select", currency, offered),
        ]

    def fault(self, value: Any) -> str:
        if isinstance(value, dict) and value.get("currency") not in _currencies():
            return _("“%(label)s”: choose a currency of the shop.") % {"label": self.label}
        if self.is_sound(value):
            return ""
        return _("“%(label)s”: an amount such as 50 or 49.90.") % {"label": self.label}

    def is_sound(self, value: Any) -> bool:
        if not isinstance(value, dict) or value.get("compare") not in (AT_LEAST, AT_MOST):
            return False
        least = 1 if value["compare"] == AT_LEAST else 0
        return is_whole(value.get("amount"), least, MOST_MONEY) and bool(CURRENCY.fullmatch(str(value.get("currency"))))

    def words(self, value: Any) -> str:
        amount = Money(value["amount"], value["currency"]).format(get_language() or "en")
        words = _("at least %(amount)s") if value["compare"] == AT_LEAST else _("at most %(amount)s")
        return words % {"amount": amount}


def minor(text: str, currency: str) -> int | str:
    """What was typed in minor units; the text itself when it is no amount."""
    try:
        digits(currency)
        return Money.parse(text.replace(",", "."), currency).minor if AMOUNT.fullmatch(text) else text
    except ValueError:
        return text


def _currencies() -> list[str]:
    return currencies(kept.state())
