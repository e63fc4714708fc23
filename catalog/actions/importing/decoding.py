"""From a file of unknown origin to text: packed or not, in one of the encodings that spreadsheets write."""

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from catalog.actions.importing.faults import Unreadable

# Unpacked. A hundred thousand goods with long descriptions need less.
MAX_BYTES = 256 * 1024 * 1024
MAX_LINE = 1024 * 1024
BROKEN = (gzip.BadGzipFile, EOFError, zlib.error)
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a file; `is_guess` when nothing in the file says so."""

    name: str
    is_guess: bool = False


def text_of(path: Path, encoding: Encoding) -> Iterator[str]:
    """The lines of the file as text without NUL characters, which PostgreSQL refuses."""
    with _opened(path) as raw, io.TextIOWrapper(raw, encoding=encoding.name, newline="") as text:
        for line in text:
            yield line.replace("\0", "")


def encoding_of(path: Path) -> Encoding:
    """Read the file once and tell its encoding. Raises Unreadable: empty, too large, damaged, or of mixed encodings."""
    try:
        with _opened(path) as raw:
            start = raw.read(4096)
        _refuse_other_kinds(start)
        name = next((name for mark, name in MARKS.items() if start.startswith(mark)), None) or _utf16_without_mark(
            start
        )
        lines = _lines_that_are_not_utf8(path)
        if name and name.startswith("utf-16"):
            return _checked(path, Encoding(name))
    except BROKEN:
        raise Unreadable(_("The packed file is damaged; it cannot be unpacked.")) from None
    if not lines.wrong:
        return Encoding("utf-8-sig")
    if lines.right:
        raise Unreadable(
            _("Line %(line)d is not UTF-8 although other lines are. Please save the file as UTF-8.")
            % {"line": lines.wrong}
        )
    return _checked(path, Encoding("cp1252", is_guess=True))


@dataclass(slots=True)
class _Count:
    """The number of lines with UTF-8 beyond ASCII, and the number of the first line that is none (0: no such line)."""

    right: int = 0
    wrong: int = 0


def _lines_that_are_not_utf8(path: Path) -> _Count:
    found, size = _Count(), 0
    with _opened(path) as raw:
        for number, line in enumerate(iter(lambda: raw.readline(MAX_LINE), b""), 1):
            size += len(line)
            if size > MAX_BYTES:
                raise Unreadable(_("The file is larger than 256 MB. Please send it in parts."))
            if len(line) == MAX_LINE and not line.endswith(b"\n"):
                raise Unreadable(_("Line %(line)d is longer than a megabyte. Is this a CSV file?") % {"line": number})
            if not line.isascii():
                try:
                    line.decode()
                    found.right += 1
                except UnicodeDecodeError:
                    found.wrong = found.wrong or number
    if not size:
        raise Unreadable(_("The file is empty."))
    return found


def _checked(path: Path, encoding: Encoding) -> Encoding:
    """Read it to its end in that encoding. Raises Unreadable; of single bytes with the line that fails."""
    number = 0
    try:
        if encoding.name.startswith("utf-16"):
            for _line in text_of(path, encoding):
                number += 1
        else:
            with _opened(path) as raw:
                for number, line in enumerate(raw, 1):  # noqa: B007
                    line.decode(encoding.name)
    except UnicodeError:
        raise Unreadable(
            _("Line %(line)d has characters in an unknown encoding. Please save the file as UTF-8.")
            % {"line": max(number, 1)}
        ) from None
    return encoding


def _utf16_without_mark(start: bytes) -> str | None:
    """Latin text in UTF-16 is every other byte zero."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > len(start) * 0.3 and even < odd / 4:
        return "utf-16-le"
    return "utf-16-be" if even > len(start) * 0.3 and odd < even / 4 else None


def _refuse_other_kinds(start: bytes) -> None:
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(_("This is an old spreadsheet or an archive. Please save it as XLSX or CSV and send that."))
    if start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"SQLite format 3")):
        raise Unreadable(_("This is not a CSV file."))


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")
