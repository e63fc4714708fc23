"""A letter as plain data: subject, the line beside it, and blocks in their order. Every change is a new letter."""

from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Any, Self

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from marketing.blocks.fields import Field, Words
from marketing.blocks.kinds import KINDS, Kind
from marketing.blocks.short import SHORT

MOST_BLOCKS = 40
HEAD = (
    Words(name="subject", label=_("Subject"), longest=150),
    Words(
        name="preheader",
        label=_("Line beside the subject"),
        longest=150,
        required=False,
        help=_("Most mail programs show it in the list of letters."),
    ),
)


@dataclass(frozen=True)
class Block:
    """A kind, and what was typed: a text for each field, or a text for each language of it."""

    id: str
    kind: Kind
    values: dict[str, Any]

    def text(self, field: Field, language: str) -> str:
        return said(self.values.get(field.name), field, language)

    def put(self, field: Field, language: str, typed: str) -> Self:
        return replace(self, values=with_text(self.values, field, language, typed))


@dataclass(frozen=True)
class Content:
    """`head` holds subject and preheader, as a block holds its texts; of a short message (`short`) all its texts."""

    head: dict[str, Any]
    blocks: tuple[Block, ...] = ()
    # What kind of short message it is (`marketing.blocks.short`); empty for a letter.
    short: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """What is typed into the head."""
        return SHORT[self.short] if self.short else HEAD

    @classmethod
    def read(cls, data: Any) -> Self:
        """From JSON. What is no letter of ours is left out: kinds that are gone, texts that are no texts."""
        data = data if isinstance(data, dict) else {}
        if (short := data.get("short")) in SHORT:
            return cls(_texts(data.get("head"), SHORT[short]), (), short)
        head = _texts(data.get("head"), HEAD)
        rows = data.get("blocks") if isinstance(data.get("blocks"), list) else []
        blocks = [
            Block(str(row.get("id"))[:12], KINDS[row["kind"]], _texts(row.get("values"), KINDS[row["kind"]].fields))
            for row in rows[:MOST_BLOCKS]
            if isinstance(row, dict) and row.get("kind") in KINDS
        ]
        return cls(head, tuple(blocks))

    def as_json(self) -> dict:
        if self.short:
            return {"short": self.short, "head": self.head}
        blocks = [{"id": block.id, "kind": block.kind.code, "values": block.values} for block in self.blocks]
        return {"head": self.head, "blocks": blocks}

    def put_head(self, field: Field, language: str, typed: str) -> Self:
        return replace(self, head=with_text(self.head, field, language, typed))

    def find(self, block_id: str) -> Block | None:
        return next((block for block in self.blocks if block.id == block_id), None)

    def put(self, changed: Block) -> Self:
        return replace(self, blocks=tuple(changed if one.id == changed.id else one for one in self.blocks))

    def add(self, kind: Kind, after: str = "") -> Self:
        """A new block behind that one, or at the end."""
        return self._insert(Block(token_hex(4), kind, dict(kind.start)), after)

    def double(self, block_id: str) -> Self:
        block = self.find(block_id)
        return self._insert(replace(block, id=token_hex(4)), block_id) if block else self

    def remove(self, block_id: str) -> Self:
        return replace(self, blocks=tuple(block for block in self.blocks if block.id != block_id))

    def move(self, block_id: str, by: int) -> Self:
        """Up (−1) or down (+1); at the edge it stays."""
        blocks = list(self.blocks)
        place = next((n for n, block in enumerate(blocks) if block.id == block_id), None)
        if place is None or not 0 <= place + by < len(blocks):
            return self
        blocks.insert(place + by, blocks.pop(place))
        return replace(self, blocks=tuple(blocks))

    def _insert(self, block: Block, after: str) -> Self:
        if len(self.blocks) >= MOST_BLOCKS:
            return self
        place = next((n + 1 for n, one in enumerate(self.blocks) if one.id == after), len(self.blocks))
        return replace(self, blocks=(*self.blocks[:place], block, *self.blocks[place:]))


def said(value: Any, field: Field, language: str) -> str:
    """The text of a field in this very language, nothing when there is none."""
    if field.in_languages:
        value = value.get(language, "") if isinstance(value, dict) else ""
    return value if isinstance(value, str) else ""


def fallen_back(value: Any, field: Field, language: str) -> str:
    """The text of a field in that language, or in the shop's first one."""
    return said(value, field, language) or said(value, field, settings.LANGUAGE_CODE)


def with_text(values: dict, field: Field, language: str, typed: str) -> dict:
    text = field.read(typed)
    if not field.in_languages:
        return {**values, field.name: text}
    old = values.get(field.name)
    return {**values, field.name: {**(old if isinstance(old, dict) else {}), language: text}}


def _texts(values: Any, fields: tuple[Field, ...]) -> dict[str, Any]:
    values = values if isinstance(values, dict) else {}
    kept: dict[str, Any] = {}
    for field in fields:
        for language, _name in settings.LANGUAGES if field.in_languages else [("", "")]:
            if text := said(values.get(field.name), field, language):
                kept = with_text(kept, field, language, text)
    return kept
