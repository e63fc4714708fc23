"""What a film is: told by its first bytes and never by its name. No database here."""

from typing import IO

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

MOST_BYTES = 100 * 1024 * 1024
MOST_CAPTIONS = 512 * 1024
# Brands of the ISO base media format (after "ftyp") that browsers play as MP4.
MP4_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash"}
EBML = b"\x1a\x45\xdf\xa3"


class NotAFilm(Exception):
    """The file cannot be taken; the text is a sentence for whoever sent it."""


def ending_of(file: IO[bytes], size: int) -> str:
    """mp4 or webm. Raises NotAFilm. The file is then at its beginning."""
    if size > MOST_BYTES:
        raise NotAFilm(_("The film is larger than %(most)s.") % {"most": filesizeformat(MOST_BYTES)})
    head = file.read(64)
    file.seek(0)
    if head[4:8] == b"ftyp" and head[8:12] in MP4_BRANDS:
        return "mp4"
    # Matroska says in its header which kind it is; only WebM is for browsers.
    if head.startswith(EBML) and b"webm" in head:
        return "webm"
    raise NotAFilm(_("This is not an MP4 or WebM film that browsers play."))


def captions_of(file: IO[bytes]) -> bytes:
    """Subtitles as they are kept: UTF-8 without NUL. Raises NotAFilm."""
    raw = file.read(MOST_CAPTIONS + 1)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if len(raw) > MOST_CAPTIONS or text.split("\n", 1)[0].split(" ")[0].strip() != "WEBVTT":
        raise NotAFilm(_("Subtitles are a WebVTT file: its first line is WEBVTT."))
    return text.replace("\x00", "").encode()
