"""How busy a day is: the week, the season, the gift weeks and a shop that grows."""

from datetime import date, timedelta
from random import Random

#: Orders on an ordinary day.
QUIET_DAY = 3.3
#: Monday to Sunday.
WEEK = (1.1, 1.0, 0.95, 0.95, 0.85, 0.9, 1.25)
#: January to December.
YEAR = (0.8, 0.8, 0.9, 0.95, 1.05, 0.9, 0.7, 0.65, 0.95, 1.05, 1.45, 2.1)


def black_friday(year: int) -> date:
    """The day after the fourth Thursday of November."""
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 22)


def expected_orders(day: date, last: date) -> float:
    """How many orders a day brings on average."""
    growth = 1.1 - 0.25 * (last - day).days / 365
    gifts = 2.2 if 0 <= (day - black_friday(day.year)).days <= 3 else 1.0
    if day.month == 12 and day.day > 20:
        gifts = 0.5
    return QUIET_DAY * WEEK[day.weekday()] * YEAR[day.month - 1] * growth * gifts


def poisson(chance: Random, mean: float) -> int:
    """A random count with that mean (Knuth's method; the means here are small)."""
    limit, product, count = 2.718281828459045**-mean, chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


def season_of(day: date) -> str:
    """The `season` of goods that sell best on that day."""
    if day.month in (11, 12):
        return "gift"
    if day.month in (6, 7, 8):
        return "summer"
    return "winter" if day.month in (1, 2, 10) else "all"
