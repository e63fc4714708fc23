"""Several values in one cell, between `|`; one that has such a sign itself bears a backslash before it."""

import re
from collections.abc import Iterable

_BETWEEN = re.compile(r"(?<!\\)\|")


def joined(values: Iterable[str]) -> str:
    return " | ".join(value.replace("|", "\\|") for value in values)


def parted(cell: str, separator: str = "|") -> list[str]:
    """The values again, with the spaces around them."""
    if separator != "|" or "\\" not in cell:
        return cell.split(separator)
    return [part.replace("\\|", "|") for part in _BETWEEN.split(cell)]
