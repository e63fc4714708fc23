"""Money: whole minor units and a currency. Never a float, never two currencies in one sum."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, Overflow
from functools import lru_cache

from babel.numbers import format_currency, get_currency_precision, is_currency


class CurrencyMismatch(ValueError):
    """Two currencies met in one sum."""


@lru_cache(maxsize=64)
def digits(currency: str) -> int:
    """How many decimals the currency has: 2 for EUR, 0 for JPY, 3 for KWD (CLDR, through Babel)."""
    if not is_currency(currency):
        raise ValueError(f"Not a currency: {currency!r}")
    return get_currency_precision(currency)


@dataclass(frozen=True, order=False, slots=True)
class Money:
    """An amount in whole minor units (cents) of one currency."""

    minor: int
    currency: str

    @classmethod
    def parse(cls, text: str, currency: str) -> "Money":
        """Read a plain decimal such as `12.50`. Raises ValueError for anything else, or for too many decimals."""
        try:
            scaled = Decimal(str(text).strip()).scaleb(digits(currency))
        except (InvalidOperation, Overflow):
            raise ValueError(f"Not an amount: {text!r}") from None
        # 1e99999 is short to write and endless to hold.
        if not scaled.is_finite() or abs(scaled.adjusted()) > 30 or scaled != scaled.to_integral_value():
            raise ValueError(f"Not an amount in {currency}: {text!r}")
        return cls(int(scaled), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-digits(self.currency))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
        return other.minor

    def format(self, language: str) -> str:
        """The amount as readers of that language write it: €39.40, 39,40 €."""
        return format_minor(self.minor, self.currency, language)


@lru_cache(maxsize=8192)
def format_minor(minor: int, currency: str, language: str) -> str:
    """Minor units written for a reader; kept, because a list shows the same prices again and again."""
    return format_currency(Decimal(minor).scaleb(-digits(currency)), currency, locale=language)


def tax_inside(gross: int, rate_bp: int) -> int:
    """The tax contained in a gross amount, both in minor units; the rate in hundredths of a percent (2100 = 21 %).

    Rounded once, half to even; net is what remains, so that net + tax = gross always.
    """
    return _half_even(gross * rate_bp, 10_000 + rate_bp)


def tax_on(net: int, rate_bp: int) -> int:
    """The tax to be added to a net amount, both in minor units; rounded once, half to even."""
    return _half_even(net * rate_bp, 10_000)


def _half_even(dividend: int, divisor: int) -> int:
    """The nearest whole number; of two that are equally near the even one."""
    whole, rest = divmod(dividend, divisor)
    return whole + (2 * rest > divisor or (2 * rest == divisor and whole % 2))
