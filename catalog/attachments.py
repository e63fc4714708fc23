"""Files that a product page offers for download, such as care instructions: which of them are taken in."""

from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

MOST_BYTES = 20 * 1024 * 1024
# How files of each kind begin; text has no sign of its own.
SIGNS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".docx": (b"PK\x03\x04",),
    ".xlsx": (b"PK\x03\x04",),
    ".odt": (b"PK\x03\x04",),
    ".ods": (b"PK\x03\x04",),
    ".txt": (),
}
ACCEPTED = ",".join(SIGNS)


class NotTaken(Exception):
    """The file is not what we offer to shoppers; the text is a sentence."""


def check(name: str, size: int, file: IO[bytes]) -> None:
    """Look at name, size and content; the file is at its beginning afterwards. Raises NotTaken."""
    suffix = Path(name).suffix.lower()
    if suffix not in SIGNS:
        raise NotTaken(_("Choose one of these kinds of file: %(kinds)s.") % {"kinds": ", ".join(SIGNS)})
    if not size:
        raise NotTaken(_("The file is empty."))
    if size > MOST_BYTES:
        raise NotTaken(_("The file is larger than %(most)d MB.") % {"most": MOST_BYTES >> 20})
    file.seek(0)
    is_so = _is_text(file) if suffix == ".txt" else file.read(16).startswith(SIGNS[suffix])
    file.seek(0)
    if not is_so:
        raise NotTaken(_("The file is called %(kind)s, but is something else inside.") % {"kind": suffix})


def _is_text(file: IO[bytes]) -> bool:
    try:
        return "\0" not in file.read(MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
