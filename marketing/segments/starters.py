"""Ready-made segments to start from; each is a rule like any other, to be changed at will."""

from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from catalog.money import digits


class Starter(NamedTuple):
    code: str
    name: object
    what: object
    parts: list[dict]

    def rule(self) -> dict:
        return {"version": 1, "match": "all", "parts": self.parts}


def _ordered(compare: str, number: int = 0, days: int = 0) -> dict:
    count = {"compare": compare} if compare == "none" else {"compare": compare, "number": number}
    return {"kind": "orders", "count": count, "when": {"when": "within", "days": days} if days else {"when": "ever"}}


def _did(type_: str, days: int, compare: str = "at-least", number: int = 1) -> dict:
    count = {"compare": compare} if compare == "none" else {"compare": compare, "number": number}
    when = {"when": "within", "days": days}
    return {"kind": "event", "type": type_, "count": count, "goods": {"of": "any"}, "when": when, "words": ""}


def _spent(major: int, days: int) -> dict:
    amount = major * 10 ** digits(settings.SHOP_CURRENCY)
    told = {"compare": "at-least", "amount": amount, "currency": settings.SHOP_CURRENCY}
    return {"kind": "spent", "sum": told, "when": {"when": "within", "days": days}}


_NEWS = {"kind": "reach", "channel": "email", "answer": "yes"}


def starters() -> list[Starter]:
    return [
        Starter(
            "recent", _("Buyers of the last 30 days"), _("Ordered in the last 30 days."), [_ordered("at-least", 1, 30)],
        ),
        Starter(
            "best", _("Best customers"),
            _("At least three orders and 300 in a year. Change the amount to fit the shop."),
            [_ordered("at-least", 3, 365), _spent(300, 365)],
        ),
        Starter(
            "at-risk", _("Slipping away"), _("Ordered at least twice, and not for 120 days."),
            [_ordered("at-least", 2), {"kind": "last-order", "when": {"when": "before", "days": 120}}],
        ),
        Starter(
            "newsletter", _("Newsletter without an order"),
            _("We may write to them, and they have bought nothing yet."),
            [_NEWS, _ordered("none")],
        ),
        Starter(
            "cart", _("Cart left behind"),
            _("Put something into the cart in the last 14 days and did not order since."),
            [_did("added_to_cart", 14), _ordered("none", days=14)],
        ),
        Starter(
            "looking", _("Looking again and again"),
            _("Looked at goods at least five times in 7 days, without an order in 30."),
            [_did("product_viewed", 7, number=5), _ordered("none", days=30)],
        ),
        Starter(
            "birthday", _("Birthday in the next days"), _("In the next seven days, where we know it and may write."),
            [{"kind": "birthday", "days": 7}, _NEWS],
        ),
    ]  # fmt: skip
