"""A plate: a letter drawn once, with marks where the name, the codes and the links of a person stand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from html import escape

from customers.letters import Letter, one_line
from marketing.blocks import Content
from marketing.blocks.fields import Words
from marketing.blocks.reader import Reader
from marketing.blocks.rendering import letter_of
from marketing.models import TemplateVersion
from marketing.words import places_of

NAME, LEAVE = "QvnamevQ", "QvleavevQ"
_MARK = re.compile(r"(Qv(?:name|leave|link\d+|code\d+)vQ)")
_TAGS = re.compile(r"\{%(.*?)%\}|\{\{(.*?)\}\}", re.DOTALL)
_PRINTED = re.compile(r"\s*-?\s*name\s*-?\s*")
_ASKED = re.compile(r"""\bname\s*(?:!=|==)\s*(?:''|""|blank|empty)""")
# What a plate is proved with: a name as people type it who mean harm, and addresses with everything.
PROBE = "Ådá<&>'\"{{Ω"
PROBED = "https://a.example/?a=1&b=2"

Parts = tuple[list[str], list[str], list[str]]


class Design:
    """A version read once: what in it depends on the person."""

    def __init__(self, version: TemplateVersion) -> None:
        self.content = Content.read(version.content)
        self.kinds = {block.kind.code for block in self.content.blocks}

    @cached_property
    def is_plain(self) -> bool:
        """Whether its readers differ by name, language, market and what is recommended to them, and by nothing else."""
        return "cart" not in self.kinds and all(_prints_only(words) for words in self._words())

    @cached_property
    def promotions(self) -> list[int]:
        """Whose codes it gives away."""
        blocks = [block for block in self.content.blocks if block.kind.code == "coupon"]
        typed = [str(block.values.get("promotion", "")) for block in blocks]
        return list(dict.fromkeys(int(one) for one in typed if one.isdecimal()))

    @property
    def recommends(self) -> bool:
        return "recommended" in self.kinds

    def _words(self) -> list[str]:
        parts = [(self.content.head, self.content.fields)]
        parts += [(block.values, block.kind.fields) for block in self.content.blocks]
        texts = [values.get(field.name) for values, fields in parts for field in fields if isinstance(field, Words)]
        return [words for told in texts if isinstance(told, dict) for words in told.values()]


def _prints_only(text: str) -> bool:
    """Whether a name in it is printed as it is, or asked whether there is one, and nothing of a cart is told."""
    places = places_of(text)
    if "name" not in places or places & {"items", "count"}:
        return not places & {"items", "count"}
    for tag, output in _TAGS.findall(text):
        if "name" in output and not _PRINTED.fullmatch(output):
            return False
        if "name" in _ASKED.sub("", tag):
            return False
    return True


@dataclass(frozen=True)
class Plate:
    """Subject, text and HTML in pieces, a mark between each two; what the marks of links and codes stand for."""

    letter: Letter
    parts: Parts
    links: list[str]
    promotions: list[int]

    def fill(self, name: str, leave: str, links: Mapping[str, str], codes: Mapping[int, str]) -> Letter:
        """`links` are the person's own ways to the addresses, `codes` his codes by promotion."""
        own = {NAME: name, LEAVE: leave}
        own |= {f"Qvlink{n}vQ": links[address] for n, address in enumerate(self.links)}
        own |= {f"Qvcode{n}vQ": codes.get(promotion, "") for n, promotion in enumerate(self.promotions)}
        subject, text, html = self.parts
        # Django and the inliner leave quotes in text as they are; in an attribute no name is put, see `_is_true`.
        safe = {mark: escape(words, quote=False) for mark, words in own.items()}
        letter = {"subject": one_line(_join(subject, own)), "text": _join(text, own), "html": _join(html, safe)}
        return replace(self.letter, **letter)


def plate_of(design: Design, reader: Reader, now: datetime) -> Plate | None:
    """The plate for readers who differ from this one in their names only; None when it would not tell the truth.

    Raises `marketing.words.CannotBeWritten`.
    """
    links, promotions = [], []
    name = NAME if reader.values["name"] else ""
    marked = replace(reader, values={**reader.values, "name": name}, code_of=lambda pk: _mark("code", promotions, pk))
    letter = letter_of(design.content, marked, LEAVE, now, lambda to: _mark("link", links, to) if to else "")
    parts = tuple(_MARK.split(words) for words in (letter.subject, letter.text, letter.html))
    plate = Plate(letter, parts, links, promotions)
    return plate if _is_true(plate, design.content, reader, now) else None


def _is_true(plate: Plate, content: Content, reader: Reader, now: datetime) -> bool:
    """Whether it says, filled in, what is drawn for somebody alone."""
    name = PROBE if reader.values["name"] else ""
    probe = replace(reader, values={**reader.values, "name": name}, code_of=lambda pk: f"C0DE-{pk}")
    drawn = letter_of(content, probe, PROBED, now, lambda to: f"{to}#by&us" if to else "")
    links = {address: f"{address}#by&us" for address in plate.links}
    return plate.fill(name, PROBED, links, {pk: f"C0DE-{pk}" for pk in plate.promotions}) == drawn


def _mark(kind: str, known: list, one) -> str:
    if one not in known:
        known.append(one)
    return f"Qv{kind}{known.index(one)}vQ"


def _join(parts: list[str], words: Mapping[str, str]) -> str:
    return "".join([words[part] if n % 2 else part for n, part in enumerate(parts)])
