"""Words of strangers, before they are kept."""

import re
import unicodedata
from functools import lru_cache
from zlib import crc32

from django.utils.html import escape, linebreaks
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalog.actions.importing.faults import Wrong
from catalog.html import clean

# How spreadsheets keep a number a text.
APOSTROPHE = re.compile(r"^'+(?=\d)")
# Control characters, lone surrogates, and what turns the direction of the text that follows.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def plain(text: str) -> str:
    """One line of words: no control characters, single spaces."""
    if not text:
        return ""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", UNSEEN.sub(" ", text)).split())


def cut(text: str, length: int) -> str:
    """At most so many characters, ended after a whole word if there is one near the end."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    words, space, _ = head.rpartition(" ")
    return (words if space and len(words) > length * 0.7 else head).rstrip(" ,;:-–(") + "…"


def body(text: str, is_html: bool) -> str:
    """A description as clean HTML; text that is none gets its paragraphs."""
    text = UNSEEN.sub("", text.replace("\r\n", "\n"))
    if not is_html:
        text = linebreaks(escape(text.strip())) if text.strip() else ""
    return clean(text)


@lru_cache(maxsize=8192)
def code_of(text: str, length: int) -> str:
    """A code of small Latin letters, digits and hyphens: the same for the same text, and never empty."""
    code = slugify(text)[:length].strip("-_").replace("_", "-")
    return code or f"x{crc32(text.encode('utf-8', 'replace')):08x}"


def sku_of(*parts: str) -> str:
    """A stock number from words: `CHAIN-BRACELET-BLUE`, the same each time, at most 80 characters."""
    whole = "-".join(code_of(part, 200) for part in parts if part).upper()
    if len(whole) <= 64:
        return whole
    return f"{whole[:55].rstrip('-')}-{crc32(whole.encode()):08X}"


def sku(text: str) -> str | None:
    """The stock number as written; a leading apostrophe is how spreadsheets keep a number a text. Raises Wrong."""
    text = APOSTROPHE.sub("", plain(text))
    if len(text) > 80:
        raise Wrong(_("The SKU is longer than 80 characters."))
    return text or None


def barcode(text: str) -> str | None:
    """The barcode. Raises Wrong."""
    text = APOSTROPHE.sub("", plain(text))
    if len(text) > 40:
        raise Wrong(_("The barcode is longer than 40 characters."))
    return text or None
