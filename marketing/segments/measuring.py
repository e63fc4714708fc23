"""Whether the effect of a message on so many people could be told from chance. Pure arithmetic.

For 80 % power and a two-sided test at 5 %, by the normal approximation for two shares.
"""

from math import ceil, sqrt

ALPHA, POWER = 1.959964, 0.841621
# Of those who are held back at first, and the lift that is worth looking for: a quarter more than without a message.
HOLDOUT, WORTHWHILE = 0.2, 1.25


def needed(base: float, goal: float, holdout: float = HOLDOUT) -> int:
    """How many people in all it takes to tell a share of `goal` from one of `base`; 0 < base < goal < 1."""
    mean = holdout * base + (1 - holdout) * goal
    spread = ALPHA * sqrt(mean * (1 - mean) * (1 / holdout + 1 / (1 - holdout)))
    noise = POWER * sqrt(base * (1 - base) / holdout + goal * (1 - goal) / (1 - holdout))
    return ceil((spread + noise) ** 2 / (goal - base) ** 2)


def smallest_goal(size: int, base: float, holdout: float = HOLDOUT) -> float | None:
    """The smallest share that so many people could tell from `base`; None when not even everybody would do."""
    low, high = base, 0.999
    if size < 2 or not 0 < base < high or needed(base, high, holdout) > size:
        return None
    for _step in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if needed(base, middle, holdout) <= size else (middle, high)
    return high
