"""What a flow or broadcast brought beyond what would have been bought anyway, read from those who were held back. Pure.

The interval holds however often somebody looks (always valid): a mixture sequential test with a normal mixture, as in
Johari, Koomen, Pekelis, Walsh: "Peeking at A/B Tests" (KDD 2017), turned into a confidence sequence.
"""

from dataclasses import dataclass
from math import ceil, log, sqrt

from marketing.segments.measuring import needed

ALPHA = 0.05
# With fewer in either group the normal approximation says nothing.
FEWEST = 50
FEWEST_BUYERS = 5


@dataclass(frozen=True, slots=True)
class Group:
    """People of one arm: how many, how many bought, what that brought (minor units) and the sum of its squares."""

    people: int
    buyers: int
    money: int = 0
    squares: int = 0

    @property
    def rate(self) -> float:
        return self.buyers / self.people if self.people else 0.0

    @property
    def mean(self) -> float:
        return self.money / self.people if self.people else 0.0

    @property
    def rate_variance(self) -> float:
        return self.rate * (1 - self.rate)

    @property
    def money_variance(self) -> float:
        return max(self.squares / self.people - self.mean**2, 0.0) if self.people else 0.0


@dataclass(frozen=True, slots=True)
class Interval:
    """A difference, and between which bounds it lies with 95 % however often it is looked at."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether it is surely more, or surely less, than nothing."""
        return self.low > 0 or self.high < 0

    def times(self, number: float) -> "Interval":
        return Interval(self.value * number, self.low * number, self.high * number)


def sequence(difference: float, variance: float, scale: float, alpha: float = ALPHA) -> Interval:
    """`variance` is that of the difference; `scale` how large effects usually are (the width of the mixture)."""
    mixture = scale**2
    half = sqrt(
        2 * variance * (variance + mixture) / mixture * (log(1 / alpha) + log((variance + mixture) / variance) / 2)
    )
    return Interval(difference, difference - half, difference + half)


def lift_of_rate(written: Group, held: Group) -> Interval | None:
    """How many more of a hundred bought (as a part of 1). None where there are too few to say anything."""
    if not _enough(written, held):
        return None
    variance = written.rate_variance / written.people + held.rate_variance / held.people
    # A tenth of the usual rate, at least one in a thousand, is a usual effect.
    scale = max((written.buyers + held.buyers) / (written.people + held.people) / 10, 0.001)
    return sequence(written.rate - held.rate, variance, scale) if variance else None


def lift_of_money(written: Group, held: Group) -> Interval | None:
    """How much more one person brought, in minor units. None where there are too few to say anything."""
    if not _enough(written, held):
        return None
    variance = written.money_variance / written.people + held.money_variance / held.people
    scale = abs(written.money + held.money) / (written.people + held.people) / 10
    return sequence(written.mean - held.mean, variance, scale) if variance and scale else None


def _enough(written: Group, held: Group) -> bool:
    return min(written.people, held.people) >= FEWEST and written.buyers + held.buyers >= FEWEST_BUYERS


def days_needed(rate: float, held_share: float, people_a_day: float, effect: float = 0.2) -> int | None:
    """In how many days an effect (a fifth more buyers) would be seen; None without people or buyers."""
    if not people_a_day or not 0 < rate < 1 or not 0 < held_share < 1:
        return None
    return ceil(needed(rate, min(rate * (1 + effect), 0.999), held_share) / people_a_day)
