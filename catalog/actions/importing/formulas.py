"""Cells that a spreadsheet takes for a formula: marked with an apostrophe on the way out, unmarked on the way in."""

import re

# What makes a cell a formula, perhaps after spaces; a text that bears our mark already gets one more.
_RISKY = re.compile(r"'*[ ]*[=+\-@\t\r\n|%＝＋－＠]")


def safe(cell: object) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    text = str(cell).replace("\0", "")
    return f"'{text}" if _RISKY.match(text) else text


def bare(cell: str) -> str:
    """The text that `safe` was given."""
    return cell[1:] if cell[:1] == "'" and _RISKY.match(cell, 1) else cell
