"""Who is in which part of an experiment: decided by a hash, so that nobody changes sides. Pure."""

from collections.abc import Sequence
from hashlib import sha256


def share(salt: str, unit: str | int) -> float:
    """A number from 0 up to 1, always the same for this unit under this salt; all units together fill it evenly."""
    digest = sha256(f"{salt}\n{unit}".encode()).digest()
    return int.from_bytes(digest[:6]) / (1 << 48)


def is_held_out(salt: str, profile_id: int, percent: int) -> bool:
    """Whether this person is one of the `percent` in a hundred who get nothing, so that its effect can be told.

    Who is held out at a smaller percentage is held out at a larger one as well.
    """
    return share(f"holdout:{salt}", profile_id) * 100 < percent


def arm_of(salt: str, profile_id: int, arms: Sequence[tuple[str, float]]) -> str:
    """The variant of this person. `arms` are codes with their shares, of whatever sum. Raises ValueError for none."""
    whole = sum(weight for _code, weight in arms)
    if whole <= 0 or any(weight < 0 for _code, weight in arms):
        raise ValueError("Shares of variants are numbers that add up to more than nothing.")
    place, reached = share(f"arm:{salt}", profile_id) * whole, 0.0
    for code, weight in arms:
        reached += weight
        if place < reached:
            return code
    # Rounding at the very end of the last one.
    return next(code for code, weight in reversed(arms) if weight)
