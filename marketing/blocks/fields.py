"""What can be typed into a block. A field keeps whatever was typed, within bounds, and says what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _

from marketing.words import CannotBeWritten, check

Choices = Callable[[], list[tuple[str, str]]]


@dataclass(frozen=True, kw_only=True)
class Field:
    """`name` in the block's values, `label` and `help` for the marketer."""

    name: str
    label: object
    help: object = ""
    required: bool = True
    longest: int = 200
    widget: str = "line"
    # Whether each language has its own.
    in_languages: bool = False

    def read(self, typed: str) -> str:
        """What is kept of it: no control characters but line ends, and not more than fits."""
        kept = "".join(c if c.isprintable() or c == "\n" else " " for c in typed.replace("\r\n", "\n"))
        return kept.strip()[: self.longest]

    def fault(self, value: str) -> str:
        """A sentence, or nothing."""
        return _("This is missing.") if self.required and not value else ""


@dataclass(frozen=True, kw_only=True)
class Words(Field):
    """Words of the marketer with places to fill in, in each language; the shop's first language stands in."""

    in_languages: bool = True
    lines: bool = False

    def fault(self, value: str) -> str:
        try:
            check(value)
        except CannotBeWritten as problem:
            return str(problem)
        return super().fault(value)


@dataclass(frozen=True, kw_only=True)
class Link(Field):
    """Where a press leads: the cart, the shop, a page of the shop, or another site over https."""

    longest: int = 500

    def fault(self, value: str) -> str:
        if not value or value in TARGETS:
            return super().fault(value)
        return (
            ""
            if address_of(value, settings.LANGUAGE_CODE)
            else _(
                "Write cart, home, a page of the shop such as /c/blankets/, or an address that begins with https://."
            )
        )


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of a few; `choices` are asked for when they are shown."""

    choices: Choices
    widget: str = "choice"

    def fault(self, value: str) -> str:
        known = {code for code, _label in self.choices()}
        return super().fault(value) if value in known or not value else _("Choose one of the list.")


@dataclass(frozen=True, kw_only=True)
class Moment(Field):
    """A day and an hour of the shop's own time zone, as a browser types it: 2026-11-27T18:00."""

    widget: str = "moment"

    def fault(self, value: str) -> str:
        if not value:
            return super().fault(value)
        return "" if moment_of(value) else _("Write a day and an hour, such as 2026-11-27 18:00.")


@dataclass(frozen=True, kw_only=True)
class Goods(Field):
    """SKUs, each on a line of its own or parted by commas."""

    longest: int = 500
    at_most: int = 6
    widget: str = "lines"
    find: Callable[[list[str]], dict[str, int]] = field(default=lambda skus: {})

    def fault(self, value: str) -> str:
        skus = skus_of(value)
        if len(skus) > self.at_most:
            return _("At most %(number)d products.") % {"number": self.at_most}
        unknown = [sku for sku in skus if sku not in self.find(skus)]
        if unknown:
            return _("There is no product with the SKU %(sku)s.") % {"sku": ", ".join(unknown)}
        return super().fault(value)


@dataclass(frozen=True, kw_only=True)
class Picture(Field):
    """A picture of our own storage; uploads go through `marketing.actions.templates.take_picture`."""

    widget: str = "picture"


TARGETS = ("cart", "home")


def skus_of(value: str) -> list[str]:
    return list(dict.fromkeys(sku.strip() for sku in value.replace(",", "\n").split("\n") if sku.strip()))


def moment_of(value: str) -> datetime | None:
    try:
        moment = parse_datetime(value)
    except ValueError:
        return None
    return make_aware(moment) if moment and is_naive(moment) else moment


def address_of(value: str, language: str) -> str:
    """The path or full address that was typed, a page of the shop in that language; nothing for anything else."""
    if any(c.isspace() or c in "<>\"'\\" for c in value):
        return ""
    parts = urlsplit(value)
    if parts.scheme == "https" and parts.netloc and "@" not in parts.netloc:
        return value
    if parts.scheme or parts.netloc or not value.startswith("/"):
        return ""
    first = value.split("/")[1]
    is_plain = language == settings.LANGUAGE_CODE or first in dict(settings.LANGUAGES)
    return value if is_plain else f"/{language}{value}"
