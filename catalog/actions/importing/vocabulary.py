"""Axes and their values by what files call them: options of variants, attributes of products.

What does not exist yet gets its code at once and its row with `flush`, so that a preview writes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Model

from catalog.actions.importing.texts import code_of, cut
from catalog.models import Attribute, AttributeValue, Option, OptionValue
from catalog.naming import first_free
from catalog.words import languages, words_of

# Three axes and their values must fit into `Variant.combination`.
AXIS_LENGTH, VALUE_LENGTH = 30, 45
SAME = {"color": "colour"}
Name = tuple[str, str]


@dataclass(slots=True)
class _Axis:
    code: str
    name: str
    pk: int | None = None
    # In all languages, folded.
    names: set[str] = field(default_factory=set)
    # Of an attribute whose answers are no shared values.
    kind: str = ""
    values: dict[str, int | None] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def fold(text: str) -> str:
    return text.casefold()


class Vocabulary:
    """All options or all attributes, kept in memory for the length of an import."""

    def __init__(self, axes: type[Model], values: type[Model], parent: str) -> None:
        self._axes_model, self._values_model, self._parent = axes, values, parent
        self.forget()

    @classmethod
    def of_options(cls) -> "Vocabulary":
        return cls(Option, OptionValue, "option")

    @classmethod
    def of_attributes(cls) -> "Vocabulary":
        return cls(Attribute, AttributeValue, "attribute")

    def forget(self) -> None:
        """Read everything anew: what was to be made, or was rolled back, is not there."""
        self._by_name: dict[str, _Axis] = {}
        self._by_code: dict[str, _Axis] = {}
        axes = {row.pk: self._known(row) for row in self._axes_model.objects.all()}
        for row in self._values_model.objects.order_by("position", "pk"):
            axis = axes[getattr(row, f"{self._parent}_id")]
            axis.values[row.code] = row.pk
            for text in words_of(row, "value").values():
                axis.codes.setdefault(fold(text), row.code)

    def _known(self, row) -> _Axis:
        axis = self._by_code[row.code] = _Axis(row.code, row.name, row.pk)
        axis.kind = "" if getattr(row, "is_chosen", True) else row.kind
        self._by_name.setdefault(row.code, axis)
        for name in words_of(row, "name").values():
            axis.names.add(fold(name))
            self._by_name.setdefault(fold(name), axis)
        return axis

    def code(self, name: str) -> str:
        """The code of that axis; a new one is remembered for `flush`."""
        return self._axis(name).code

    def value(self, name: str, text: str, used: Iterable[str] = ()) -> Name:
        """The codes of the axis and of that value on it. Of two axes of that name it is the one whose code is used."""
        axis = self._axis(name, used)
        text = cut(text, 80)
        code = axis.codes.get(fold(text))
        if code is None:
            code = first_free(code_of(text, VALUE_LENGTH), axis.values)
            axis.codes[fold(text)], axis.texts[code], axis.values[code] = code, text, None
        return axis.code, code

    def _axis(self, name: str, used: Iterable[str] = ()) -> _Axis:
        name = cut(name, 60)
        known = SAME.get(fold(name), fold(name))
        for code in used:
            if code in self._by_code and known in self._by_code[code].names:
                return self._by_code[code]
        if known not in self._by_name:
            code = first_free(code_of(SAME.get(fold(name), name), AXIS_LENGTH), self._by_code)
            label = SAME[fold(name)].title() if fold(name) in SAME else name
            self._by_name[known] = self._by_code[code] = _Axis(code, label)
        return self._by_name[known]

    def knows(self, name: str) -> bool:
        """Whether there is an axis of that name."""
        return SAME.get(fold(name), fold(name)) in self._by_name

    def kind(self, name: str) -> str:
        """Which kind of fact the attribute of that name takes; empty when it is a choice."""
        return self._axis(name).kind

    def label(self, code: str) -> str:
        """What the axis of that code is called."""
        return self._by_code[code].name

    def label_of(self, pk: int) -> str:
        """The same by its primary key."""
        return next((axis.name for axis in self._by_code.values() if axis.pk == pk), "")

    def text(self, name: Name) -> str:
        """What the value of these codes is called."""
        axis = self._by_code[name[0]]
        return next((text for text, code in axis.codes.items() if code == name[1]), name[1])

    def axis_pk(self, code: str) -> int:
        return self._by_code[code].pk

    def value_pk(self, name: Name) -> int:
        return self._by_code[name[0]].values[name[1]]

    def flush(self) -> None:
        """Make the rows of all that is new."""
        first, made = languages()[0], []
        for position, axis in enumerate(self._by_code.values()):
            if axis.pk is None:
                more = {"is_filter": False} if self._axes_model is Attribute else {}
                words = {"name": axis.name, f"name_{first}": axis.name}
                row = self._axes_model.objects.create(code=axis.code, position=min(position, 30_000), **words, **more)
                axis.pk = row.pk
            for code, text in axis.texts.items():
                place = min(len(axis.values), 30_000)
                words = {"value": text, f"value_{first}": text, "position": place, f"{self._parent}_id": axis.pk}
                made.append((axis, self._values_model(code=code, **words)))
            axis.texts = {}
        self._values_model.objects.bulk_create([row for _axis, row in made], batch_size=500)
        for axis, row in made:
            axis.values[row.code] = row.pk
