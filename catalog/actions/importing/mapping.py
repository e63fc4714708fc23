"""What says which column of a table is what (docs/importing.md describes it)."""

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from django.utils.translation import gettext as _

from catalog.actions.importing import targets
from catalog.actions.importing.amounts import GRAMS
from catalog.actions.importing.faults import Unreadable
from catalog.actions.importing.lines import Reading, name_of
from catalog.models import Product, tax_class

DEFAULTS = ("category", "brand", "stock", "status", "tax_class", "kind", "price")
CHOICES = {"status": Product.Status.values, "kind": Product.Kind.values}
PARTS = {
    *("format", "source", "columns", "key", "defaults", "decimal", "weight_unit", "header", "tab", "options"),
    *("description", "without_price", "attributes", "category_separator", "list_separator", "overwrite"),
}
MOST_COLUMNS = 300
TEMPLATE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Mapping:
    """Our field → column of the file, and what the file leaves unsaid. Column names as `name_of` makes them.

    A column with braces is a pattern: `{brand} {model}`. `overwrite`: category, kind and address of goods that are here
    follow the file too.
    """

    columns: dict[str, str]
    source: str = "csv"
    defaults: dict[str, object] = field(default_factory=dict)
    decimal: str = "."
    weight_unit: str = "g"
    description_is_html: bool = False
    without_price_is_draft: bool = False
    category_separator: str = " > "
    list_separator: str = "|"
    overwrite: bool = False
    has_header: bool = True
    tab: str = ""

    @property
    def reading(self) -> Reading:
        return Reading(self.has_header, self.tab, self.decimal)

    @property
    def has_variants(self) -> bool:
        """Whether several lines may be one product."""
        return any(name in self.columns for name in ("product", "currency", "locale")) or any(
            name.startswith("option") for name in self.columns
        )

    def about(self, what: str) -> dict[str, str]:
        """What follows the colon → column: of `option`, `attribute`, `price` or `stock`."""
        return self._abouts.get(what, {})

    @cached_property
    def _abouts(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for name, column in self.columns.items():
            what, colon, rest = name.partition(":")
            if colon:
                found.setdefault(what, {})[rest] = column
        return found

    def wanted(self) -> set[str]:
        """All columns that it reads."""
        found: set[str] = set()
        for column in self.columns.values():
            found.update(map(name_of, TEMPLATE.findall(column)) if "{" in column else [column])
        return found


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
    columns = _columns(data)
    defaults = _table(data, "defaults")
    _only(_("default"), defaults, DEFAULTS)
    for name, choices in CHOICES.items():
        _one_of(name, defaults.get(name, choices[0]), choices)
    if "tax_class" in defaults:
        _one_of("tax_class", defaults["tax_class"], sorted(tax_class.codes()))
    stock = defaults.get("stock", 0)
    if not isinstance(stock, int) or not 0 <= stock <= 1_000_000:
        raise Unreadable(_("The default of “stock” in the mapping must be a whole number."))
    return Mapping(
        columns=columns,
        source=str(data.get("source", "csv"))[:40],
        defaults=defaults,
        decimal=_one_of("decimal", data.get("decimal", "."), (".", ",")),
        weight_unit=_one_of("weight_unit", data.get("weight_unit", "g"), tuple(GRAMS)),
        description_is_html=_one_of("description", data.get("description", "text"), ("text", "html")) == "html",
        without_price_is_draft=_one_of("without_price", data.get("without_price", "refuse"), ("refuse", "draft"))
        == "draft",
        category_separator=str(data.get("category_separator", " > "))[:8] or " > ",
        list_separator=str(data.get("list_separator", "|"))[:3] or "|",
        overwrite=data.get("overwrite", False) is True,
        has_header=data.get("header", True) is not False,
        tab=str(data.get("tab", ""))[:100],
    )


def _columns(data: dict) -> dict[str, str]:
    told = {str(name): column for name, column in data["columns"].items()}
    if "key" in data:
        told.setdefault("key", data["key"])
    told |= {f"attribute:{name}": column for name, column in _table(data, "attributes").items()}
    told |= {f"option:{name}": column for name, column in _table(data, "options").items()}
    known = {name: targets.canonical(name) for name in told}
    _only(_("field"), told, [name for name, target in known.items() if target], shown=sorted(targets.PLAIN))
    columns = {known[name]: name_of(str(column)) for name, column in told.items()}
    if len(columns) > MOST_COLUMNS:
        raise Unreadable(_("The mapping has too many fields."))
    if not {"key", "sku", "slug", "product"} & columns.keys():
        raise Unreadable(_("The mapping must say the column that tells products apart: “key”, or else “sku”."))
    return columns


def of_columns(columns: Sequence[str]) -> Mapping | None:
    """The mapping of a file whose columns bear our own names; None when they do not."""
    named = {target: column for column in columns if column and (target := targets.canonical(column))}
    if "product" in named and "sku" in named:
        return Mapping(columns=named, source="", description_is_html=True, overwrite=True)
    ours = {name: column for name, column in named.items() if name not in ("currency", "locale")}
    is_ours = {"name", "price"} <= ours.keys() and bool({"key", "sku"} & ours.keys())
    return Mapping(columns=ours) if is_ours else None


def _table(data: dict, name: str) -> dict:
    table = data.get(name, {})
    if not isinstance(table, dict):
        raise Unreadable(_("“%(name)s” in the mapping must be a table of names and values.") % {"name": name})
    return table


def _only(what: str, found, known, shown=None) -> None:
    if unknown := sorted(set(map(str, found)) - set(known)):
        raise Unreadable(
            _("The mapping has an unknown %(what)s: %(names)s. Known are: %(known)s.")
            % {"what": what, "names": ", ".join(unknown)[:200], "known": ", ".join(shown or sorted(known))}
        )


def _one_of(name: str, value, choices) -> str:
    if value not in choices:
        raise Unreadable(
            _("“%(name)s” in the mapping must be one of: %(choices)s.")
            % {"name": name, "choices": ", ".join(map(str, choices))}
        )
    return value
