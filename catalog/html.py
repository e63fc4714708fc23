"""HTML that a merchant typed, before it is kept: words, lists, tables, links and nothing that runs."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

import nh3

TAGS = {
    *("p", "br", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "hr", "a"),
    *("strong", "b", "em", "i", "u", "s", "small", "sub", "sup", "abbr", "code"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "abbr": {"title"},
}
SCHEMES = {"https", "http", "mailto", "tel"}
# Made once: parting the lists of what is allowed takes longer than most texts.
_cleaner = nh3.Cleaner(tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener")


def clean(html: str) -> str:
    """The HTML without scripts, styles, frames, pictures and unknown tags; cleaning twice changes nothing."""
    return _cleaner.clean(html or "").strip()


def from_plain(text: str) -> str:
    """Text without tags as clean HTML: lines with `|` between cells make a table, the others are paragraphs.

    Text that has tags is only cleaned.
    """
    if "<" in text:
        return clean(text)
    lines = (line.strip() for line in text.splitlines() if line.strip())
    return clean("".join(_table(rows) if is_table else _words(rows) for is_table, rows in groupby(lines, _is_row)))


def _is_row(line: str) -> bool:
    return "|" in line


def _words(lines: Iterable[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _table(lines: Iterable[str]) -> str:
    """The first line names the columns, the first cell of each other line names its row."""
    head, *rows = ([escape(cell.strip()) for cell in line.strip("|").split("|")] for line in lines)
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = "".join(f'<tr><th scope="row">{first}</th>{_cells(cells)}</tr>' for first, *cells in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _cells(cells: Iterable[str]) -> str:
    return "".join(f"<td>{cell}</td>" for cell in cells)
