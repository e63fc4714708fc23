"""The stock ledger as a file for a spreadsheet, as it was filtered."""

import csv
from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.timezone import localtime

from catalog.models import StockMovement

HEAD = ["at", "sku", "product", "location", "change", "on_hand", "reason", "document", "note", "by"]
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    def write(self, value: str) -> str:
        return value


def harmless(text: str) -> str:
    """A spreadsheet takes what begins like a formula for one; an apostrophe makes it text."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def file_of(movements) -> StreamingHttpResponse:
    """Row by row, so that years of trade need no more memory than a day."""
    writer = csv.writer(_Echo())
    response = StreamingHttpResponse(_lines(writer, movements), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="stock-ledger.csv"'
    return response


def _lines(writer, movements) -> Iterator[str]:
    yield "\ufeff" + writer.writerow(HEAD)
    for row in movements.iterator(chunk_size=1000):
        yield writer.writerow(_cells(row))


def _cells(row: StockMovement) -> list:
    variant = row.level.variant
    at = localtime(row.created_at).strftime("%Y-%m-%d %H:%M")
    words = (row.document, row.note, row.actor)
    facts = [at, harmless(variant.sku), harmless(str(variant.product)), harmless(str(row.level.location))]
    return [*facts, row.delta, row.on_hand_after, row.reason, *(harmless(word) for word in words)]
