"""Names that nobody else has."""

from collections.abc import Collection


def first_free(base: str, taken: Collection[str]) -> str:
    """`base`, or else `base-2`, `base-3` and so on: the first that is not taken."""
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name
