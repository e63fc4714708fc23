"""Words on paper. Whatever somebody typed is text there, never markup, and never longer than a page can bear."""

import unicodedata
from datetime import date
from xml.sax.saxutils import escape

from babel.dates import format_date

LINES = 12


def plain(text: object, limit: int = 300) -> str:
    """What can be printed of a text: at most `limit` characters in 12 lines, no control or direction characters, and
    no loose accents: a hundred on one letter draw over the whole page.
    """
    kept = []
    for letter in unicodedata.normalize("NFC", str(text).replace("\r\n", "\n")[: 4 * limit]):
        kind = unicodedata.category(letter)
        if letter == "\n" or kind[0] not in "CMZ":
            kept.append(letter)
        elif kind[0] == "Z" or letter == "\t":
            # Hard spaces keep numbers together.
            kept.append(letter if kind == "Zs" else " ")
    lines = [line.strip() for line in "".join(kept).split("\n")]
    short = "\n".join([line for line in lines if line][:LINES])
    return short if len(short) <= limit else f"{short[: limit - 1]}…"


def markup(text: object, limit: int = 300) -> str:
    """The same for a paragraph, which reads a little XML."""
    return escape(plain(text, limit)).replace("\n", "<br/>")


def one_line(text: object, limit: int = 120) -> str:
    return plain(text, limit).replace("\n", " ")


def day(value: date | str, language: str) -> str:
    """2 March 2026, 2 de marzo de 2026, 2 марта 2026 г."""
    value = date.fromisoformat(value) if isinstance(value, str) else value
    return format_date(value, "long", locale=language)
