"""Writing an export, 500 products at a time; memory does not grow with the catalogue."""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain, islice
from pathlib import Path

from catalog.actions.exporting import load, own, sheets, shopify
from catalog.actions.importing import listed
from catalog.models import Product

BATCH = 500
#: What can be made: our own table as CSV or as a workbook, and Shopify's CSV.
KINDS = {"csv": "csv", "xlsx": "xlsx", "shopify": "csv"}
Progress = Callable[[int], None]


def export(
    path: Path,
    kind: str,
    ids: Iterable[int] | None = None,
    progress: Progress | None = None,
    with_costs: bool = True,
) -> int:
    """Write these products, or all, to a file; returns how many. `kind` is one of KINDS."""
    ids = Product.objects.order_by("pk").values_list("pk", flat=True).iterator(BATCH) if ids is None else ids
    table = None if kind == "shopify" else own.Table(with_costs=with_costs)
    lists, done = listed.lists(), 0
    with sheets.opened(path, is_book=kind == "xlsx") as sheet:
        sheet.writerow(table.header() if table else shopify.HEADER)
        rest = iter(ids)
        while batch := list(islice(rest, BATCH)):
            goods = load.load(batch, lists)
            rows = table.rows if table else partial(shopify.rows, with_costs=with_costs)
            for row in chain.from_iterable(rows(one) for one in goods):
                sheet.writerow(row)
            done += len(goods)
            if progress:
                progress(done)
    return done
