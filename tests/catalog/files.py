"""Files as shops and suppliers send them, for tests about the import."""

import csv
import io
from pathlib import Path

from catalog.actions import importing
from catalog.actions.importing import mapping
from catalog.actions.importing.report import Row, Sums

SHOPIFY = (
    *("Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published", "Option1 Name", "Option1 Value"),
    *("Option2 Name", "Option2 Value", "Variant SKU", "Variant Grams", "Variant Inventory Tracker"),
    *("Variant Inventory Qty", "Variant Inventory Policy", "Variant Price", "Variant Compare At Price"),
    *("Variant Requires Shipping", "Variant Barcode", "Image Src", "Image Alt Text", "Gift Card", "Variant Image"),
    *("Status", "Cost per item"),
)
SHORT = {
    "Price": "Variant Price",
    "Before": "Variant Compare At Price",
    "Qty": "Variant Inventory Qty",
    "SKU": "Variant SKU",
    "Body": "Body (HTML)",
    "Policy": "Variant Inventory Policy",
    "Axis": "Option1 Name",
    "Value": "Option1 Value",
    "Image": "Image Src",
}
PLAIN = {"columns": {name: name for name in ("key", "name", "sku", "brand", "price", "stock", "weight")}}


def cup(**cells: str) -> dict[str, str]:
    """The line of a simple product, with cells of its own."""
    line = {"Handle": "cup", "Title": "Cup", "Published": "true", "Axis": "Title", "Value": "Default Title"}
    return {**line, "Price": "12.50", "Qty": "3", "Policy": "deny", **cells}


def shopify(path: Path, *lines: dict[str, str], **writing) -> Path:
    """A Shopify file with these lines; CRLF as Shopify writes it."""
    rows = [{SHORT.get(name, name): cell for name, cell in line.items()} for line in lines]
    return write(path, SHOPIFY, rows, **writing)


def plain(path: Path, *lines: dict[str, str], columns: tuple[str, ...] = tuple(PLAIN["columns"]), **writing) -> Path:
    """A plain file whose columns bear the names of our fields."""
    return write(path, columns, lines, **writing)


def write(path: Path, columns, rows, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    text = io.StringIO()
    table = csv.DictWriter(text, columns, delimiter=delimiter, lineterminator="\r\n", restval="")
    table.writeheader()
    table.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def take(path: Path, act=importing.run, told: dict | None = None, **options) -> tuple[Sums, list[Row]]:
    """Import the file without fetching anything; what was said of it."""
    rows: list[Row] = []
    options = {"fetch": False, "mapping": mapping.of(told) if told else None, **options}
    return act(path, importing.Options(**options), rows.append), rows


def verdicts(rows: list[Row]) -> list[str]:
    return [row.verdict for row in rows]


def reasons(rows: list[Row]) -> str:
    return " | ".join(detail for row in rows for detail in row.details)
