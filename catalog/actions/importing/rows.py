"""The cells of one line by our fields: patterns, and what several lines of a product say together."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from catalog.actions.importing.lines import Line, name_of
from catalog.actions.importing.mapping import TEMPLATE, Mapping
from catalog.actions.importing.targets import AXES, words
from catalog.models import tax_class
from catalog.words import languages


def _words() -> Iterator[tuple[str, str, str]]:
    first = languages()[0]
    for word in words():
        for language in languages():
            yield (word if language == first else f"{word}_{language}"), word, language


def _told(name: str) -> tuple[str, str]:
    """Of which attribute the column `text_in:es` tells the words, and in which language."""
    about, _colon, language = name.rpartition(":")
    return (about, language) if about and language in languages()[1:] else (name, "")


def first_of(lines: Iterable[Line], column: str) -> str:
    """What the first of these lines that says anything says in that column."""
    for line in lines:
        if text := line.cells.get(column):
            return text
    return ""


class Reader:
    """Reads cells the way a mapping says."""

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self._columns = mapping.columns
        #: (our field, word, language) of all texts beside the name that the file tells.
        self.words = [row for row in _words() if row[0] in mapping.columns and row[0] != "name"]
        self._patterns = {name: column for name, column in mapping.columns.items() if "{" in column}
        #: (attribute, language or empty for the first, column) of all facts that the file tells.
        self.facts = [(*_told(name), column) for name, column in mapping.about("attribute").items()]
        #: (place of its name, column of its value) of all options.
        self.options = [
            (place, mapping.columns[f"option{number}_value"])
            for place, number in enumerate(AXES)
            if f"option{number}_value" in mapping.columns
        ]

    @cached_property
    def tax_classes(self) -> frozenset[str]:
        """The tax classes that the shop has; one query for the whole file."""
        return tax_class.codes()

    def cell(self, line: Line, target: str) -> str:
        """What the line says about that; empty when nothing."""
        column = self._columns.get(target)
        if column is None:
            return ""
        if target in self._patterns:
            return self._filled(line, column)
        return line.cells.get(column, "")

    def first(self, lines: Iterable[Line], target: str) -> str:
        """What the first of these lines that says anything says about that."""
        column = self._columns.get(target)
        if column is None:
            return ""
        if target in self._patterns:
            return next(filter(None, (self._filled(line, column) for line in lines)), "")
        return first_of(lines, column)

    def _filled(self, line: Line, pattern: str) -> str:
        text = TEMPLATE.sub(lambda match: line.get(name_of(match[1])), pattern)
        return " ".join(text.split())
