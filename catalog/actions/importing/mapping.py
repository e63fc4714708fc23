"""The file that says which column of a plain CSV is what (docs/importing.md describes it)."""

import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from catalog.actions.importing.amounts import GRAMS
from catalog.actions.importing.faults import Unreadable
from catalog.actions.importing.lines import name_of
from catalog.models import Product

FIELDS = (
    *("key", "name", "slug", "sku", "brand", "price", "compare_at", "stock", "weight"),
    *("category", "description", "picture", "barcode", "status"),
)
DEFAULTS = ("category", "brand", "stock", "status", "tax_class", "kind")
CHOICES = {"status": Product.Status.values, "tax_class": Product.TaxClass.values, "kind": Product.Kind.values}
PARTS = {
    *("format", "source", "columns", "key", "defaults", "decimal", "weight_unit"),
    *("description", "without_price", "attributes", "category_separator"),
}


@dataclass(frozen=True, slots=True)
class Mapping:
    """Our field → column of the file, and what the file leaves unsaid. Column names as `name_of` makes them."""

    columns: dict[str, str]
    source: str = "csv"
    defaults: dict[str, object] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    decimal: str = "."
    weight_unit: str = "g"
    description_is_html: bool = False
    without_price_is_draft: bool = False
    category_separator: str = " > "


def read(path: Path) -> Mapping:
    """The mapping from a JSON or TOML file. Raises Unreadable with what is wrong in it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)
    except (OSError, UnicodeDecodeError, RecursionError) as fault:
        raise Unreadable(_("The mapping cannot be read: %(fault)s") % {"fault": fault}) from None
    except ValueError as fault:
        raise Unreadable(_("The mapping is neither JSON nor TOML: %(fault)s") % {"fault": fault}) from None
    return of(data)


def of(data: object) -> Mapping:
    """The mapping from its data. Raises Unreadable."""
    if not isinstance(data, dict) or not isinstance(data.get("columns"), dict):
        raise Unreadable(_("The mapping has no “columns”, which says the column of each field."))
    _only(_("part"), data, PARTS)
    columns = {name: name_of(str(column)) for name, column in data["columns"].items()}
    _only(_("field"), columns, FIELDS)
    if "key" in data:
        columns.setdefault("key", name_of(str(data["key"])))
    if "name" not in columns or "price" not in columns or "key" not in columns:
        raise Unreadable(_("The mapping must say the columns of “key”, “name” and “price”."))
    defaults = _table(data, "defaults")
    _only(_("default"), defaults, DEFAULTS)
    for name, choices in CHOICES.items():
        _one_of(name, defaults.get(name, choices[0]), choices)
    stock = defaults.get("stock", 0)
    if not isinstance(stock, int) or not 0 <= stock <= 1_000_000:
        raise Unreadable(_("The default of “stock” in the mapping must be a whole number."))
    return Mapping(
        columns=columns,
        source=str(data.get("source", "csv"))[:40],
        defaults=defaults,
        attributes={str(name): name_of(str(column)) for name, column in _table(data, "attributes").items()},
        decimal=_one_of("decimal", data.get("decimal", "."), (".", ",")),
        weight_unit=_one_of("weight_unit", data.get("weight_unit", "g"), tuple(GRAMS)),
        description_is_html=_one_of("description", data.get("description", "text"), ("text", "html")) == "html",
        without_price_is_draft=_one_of("without_price", data.get("without_price", "refuse"), ("refuse", "draft"))
        == "draft",
        category_separator=str(data.get("category_separator", " > ")) or " > ",
    )


def of_columns(columns: list[str]) -> Mapping | None:
    """The mapping of a file whose columns bear our own names; None when they do not."""
    named = {name: name for name in FIELDS if name in columns}
    named.setdefault("key", "sku" if "sku" in named else "")
    return Mapping(columns=named) if {"name", "price"} <= named.keys() and named["key"] else None


def _table(data: dict, name: str) -> dict:
    table = data.get(name, {})
    if not isinstance(table, dict):
        raise Unreadable(_("“%(name)s” in the mapping must be a table of names and values.") % {"name": name})
    return table


def _only(what: str, found, known) -> None:
    if unknown := sorted(set(map(str, found)) - set(known)):
        raise Unreadable(
            _("The mapping has an unknown %(what)s: %(names)s. Known are: %(known)s.")
            % {"what": what, "names": ", ".join(unknown), "known": ", ".join(sorted(known))}
        )


def _one_of(name: str, value, choices) -> str:
    if value not in choices:
        raise Unreadable(
            _("“%(name)s” in the mapping must be one of: %(choices)s.")
            % {"name": name, "choices": ", ".join(map(str, choices))}
        )
    return value
