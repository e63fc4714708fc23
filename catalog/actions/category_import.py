"""A tree of categories from a file: every row is a path of names, from the top down. Nothing is moved or renamed."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalog import revision
from catalog.actions.categories import take_turns
from catalog.models import Category
from catalog.naming import first_free
from catalog.words import languages

LARGEST = 50 * 1024 * 1024
DEEPEST, LONGEST_NAME = 20, Category._meta.get_field("name").max_length
# Letters of one cell; more is a quotation mark that was never closed. The csv module has one limit for the whole
# process, which the import of goods raises, so it is not asked to hold this one.
LONGEST_CELL = 128 * 1024
NEW, KNOWN, WRONG = "new", "known", "wrong"


class Unreadable(Exception):
    """The file is no list of paths; says why in a sentence."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a row of the file; `note` is a sentence, or empty. `adds` counts the categories it makes."""

    number: int
    words: str
    verdict: str
    note: str = ""
    adds: int = 0


@dataclass(slots=True)
class _Node:
    name: str
    path: str
    pk: int | None
    children: dict[str, "_Node"] = field(default_factory=dict)
    last: int = 0


def run(file: Path, dry: bool = False) -> list[Row]:
    """Add what is missing and tell of every row. Raises Unreadable, and then nothing has changed.

    CSV with a column `path` such as `Table > Cups`, or JSON: a list of objects with `path`, a list of names or of
    objects with a `name`. Either may be packed with gzip. `dry` only tells.
    """
    wanted = list(_rows_of(_text_of(file)))
    with transaction.atomic():
        take_turns()
        top = _stored()
        added: list[_Node] = []
        told = [_take(top, number, names, note, added) for number, names, note in wanted]
        if added and not dry:
            _write(added)
            revision.renew()
    return told


def _text_of(file: Path) -> str:
    opener = gzip.open if file.name.endswith(".gz") else open
    try:
        with opener(file, "rb") as stream:
            data = stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise Unreadable(_("The file is larger than 50 MB."))
        return data.decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as fault:
        raise Unreadable(_("The file could not be read: %(why)s") % {"why": fault}) from None


def _rows_of(text: str) -> Iterator[tuple[int, list[str], str]]:
    if text.lstrip()[:1] in "[{":
        yield from _json_rows(text)
        return
    head = text.partition("\n")[0]
    # Spreadsheets of half of Europe write semicolons.
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    try:
        if "path" not in (reader.fieldnames or []):
            raise Unreadable(_("There is no column “path”."))
        for row in reader:
            path = row.get("path") or ""
            if len(path) > LONGEST_CELL:
                raise csv.Error(f"field larger than field limit ({LONGEST_CELL})")
            names = path.split(">")
            yield reader.line_num, [" ".join(name.split()) for name in names], ""
    except csv.Error as fault:
        raise Unreadable(_("The file could not be read: %(why)s") % {"why": fault}) from None


def _json_rows(text: str) -> Iterator[tuple[int, list[str], str]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable(_("The file is neither CSV nor JSON.")) from None
    if not isinstance(data, list):
        raise Unreadable(_("The file is no list of categories."))
    known = {row.get("id") for row in data if isinstance(row, dict) and isinstance(row.get("id"), str | int)}
    for number, row in enumerate(data, 1):
        steps = row.get("path") if isinstance(row, dict) else None
        yield number, [_name_of(step) for step in steps] if isinstance(steps, list) else [], _loose(row, steps, known)


def _name_of(step: object) -> str:
    name = step.get("name") if isinstance(step, dict) else step
    return " ".join(name.split()) if isinstance(name, str) else ""


def _loose(row: object, steps: object, known: set) -> str:
    """A sentence about ids that lead nowhere."""
    if not isinstance(row, dict) or "id" not in row:
        return ""
    named = [*(steps if isinstance(steps, list) else []), *(row.get("subCategories") or [])]
    loose = [step["id"] for step in named if isinstance(step, dict) and "id" in step and step["id"] not in known]
    return _("Names %(number)d categories that have no row of their own.") % {"number": len(loose)} if loose else ""


def _stored() -> _Node:
    top, nodes = _Node("", "", None), {}
    column = f"name_{languages()[0]}"
    for pk, path, name in Category.objects.order_by("path").values_list("pk", "path", column):
        parent = nodes.get(path[: -Category.steplen], top)
        node = nodes[path] = _Node(name or "", path, pk)
        parent.children.setdefault(node.name.casefold(), node)
        parent.last = max(parent.last, Category._str2int(path[-Category.steplen :]))
    return top


def _take(top: _Node, number: int, names: list[str], note: str, added: list[_Node]) -> Row:
    words = " › ".join(names)[:200]
    if not names or not all(names):
        return Row(number, words, WRONG, _("A name is missing in its path."))
    if len(names) > DEEPEST:
        return Row(number, words, WRONG, _("It lies deeper than %(number)d levels.") % {"number": DEEPEST})
    if any(len(name) > LONGEST_NAME or "\x00" in name for name in names):
        return Row(number, words, WRONG, _("A name is longer than %(number)d letters.") % {"number": LONGEST_NAME})
    node, before = top, len(added)
    for name in names:
        child = node.children.get(name.casefold())
        if child is None:
            node.last += 1
            path = Category._get_path(node.path, len(node.path) // Category.steplen + 1, node.last)
            child = node.children[name.casefold()] = _Node(name, path, None)
            added.append(child)
        node = child
    adds = len(added) - before
    return Row(number, words, NEW if adds else KNOWN, note, adds)


def _write(added: list[_Node]) -> None:
    taken = set(Category.objects.values_list("slug", flat=True))
    rows, column = [], f"name_{languages()[0]}"
    for node in added:
        slug = first_free(slugify(node.name)[:120] or "category", taken)
        taken.add(slug)
        depth = len(node.path) // Category.steplen
        rows.append(
            Category(path=node.path, depth=depth, numchild=0, slug=slug, **{"name": node.name, column: node.name})
        )
    Category.objects.bulk_create(rows, batch_size=500)
    parents = {row.path[: -Category.steplen] for row in rows if row.depth > 1}
    children: dict[str, int] = dict.fromkeys(parents, 0)
    for path in Category.objects.filter(depth__gt=1).values_list("path", flat=True):
        if path[: -Category.steplen] in children:
            children[path[: -Category.steplen]] += 1
    stale = list(Category.objects.filter(path__in=parents))
    for row in stale:
        row.numchild = children[row.path]
    Category.objects.bulk_update(stale, ["numchild"], batch_size=500)
