"""For whom a price is: a currency and, for some, a customer group.

The market of whoever reads a page is at hand like his language: the counter says it once, lists and cards obey. What
costs money (cart, order) is told its market and asks nobody.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Market:
    """A currency code; `group` is the code of a customer group, empty for everybody."""

    currency: str
    group: str = ""

    @property
    def key(self) -> str:
        """How rows name it: `USD`, `EUR/trade`."""
        return f"{self.currency}/{self.group}" if self.group else self.currency

    @property
    def public(self) -> "Market":
        """The same currency for everybody."""
        return Market(self.currency)

    @property
    def is_base(self) -> bool:
        """Where the price of the variant itself holds."""
        return not self.group and self.currency == settings.SHOP_CURRENCY


def base() -> Market:
    return Market(settings.SHOP_CURRENCY)


def of_key(key: str) -> Market:
    currency, _, group = key.partition("/")
    return Market(currency, group)


_asked: ContextVar[Callable[[], Market] | None] = ContextVar("market", default=None)


def current() -> Market:
    """The market of whoever reads; the base one where nobody does (a letter, a clock job)."""
    ask = _asked.get()
    return ask() if ask else base()


def activate(ask: Callable[[], Market]) -> Token:
    """Let `current` answer what this function says, until `deactivate` is given the token."""
    return _asked.set(ask)


def deactivate(token: Token) -> None:
    _asked.reset(token)


@contextmanager
def using(market: Market) -> Iterator[None]:
    """Read as somebody of this market."""
    token = activate(lambda: market)
    try:
        yield
    finally:
        deactivate(token)
