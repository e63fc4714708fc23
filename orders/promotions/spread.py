"""Sharing out an amount so that the parts are the whole."""

from collections.abc import Sequence


def spread(amount: int, weights: Sequence[int]) -> list[int]:
    """Parts in the ratio of the weights, by largest remainder; of equal remainders the first gets the unit.

    No part is larger than its weight as long as the amount is not larger than all of them. All are 0 without weights.
    """
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    parts = [amount * weight // whole for weight in weights]
    rest = amount - sum(parts)
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(amount * weights[place] % whole), place))
    for place in by_remainder[:rest]:
        parts[place] += 1
    return parts


def percent_of(amount: int, percent: int) -> int:
    """So many percent of it in whole units, half a unit rounded up."""
    return (amount * percent * 2 + 100) // 200
