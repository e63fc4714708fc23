"""Rows in great numbers, written as they will lie in the table: a hundred thousand products in a minute and not in ten.

A shop's own imports must build objects and obey its rules; the maker of a bench knows that its goods are sound.
"""

from collections.abc import Sequence

from django.core.management.color import no_style
from django.db import connection, models


def insert(pattern: models.Model, number: int, **columns: Sequence) -> range:
    """Write that many rows like the pattern, each column named with its own values; returns their new keys.

    A translated column is named with its language: `name_en`. Values go to the database as they are.
    """
    model = type(pattern)
    last = model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
    keys = range(last + 1, last + 1 + number)
    columns = {"id": keys, **columns}
    fields = model._meta.local_concrete_fields
    same = {field.attname: field.get_db_prep_save(field.pre_save(pattern, True), connection) for field in fields}
    values = [columns.get(field.attname) or [same[field.attname]] * number for field in fields]
    _write(model, [field.column for field in fields], zip(*values, strict=True))
    return keys


def link(through: type[models.Model], pairs: Sequence[tuple[int, int]]) -> None:
    """Write the pairs of a many-to-many table; a pair said twice stands once."""
    names = [field.column for field in through._meta.local_concrete_fields if not field.primary_key]
    _write(through, names, dict.fromkeys(pairs))


def settle(*written: type[models.Model]) -> None:
    """Let the database count on from the keys that we gave; PostgreSQL also looks at what lies in its tables now, as
    it does by itself a minute later.
    """
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), written):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")


def _write(model: type[models.Model], names: list[str], rows) -> None:
    quote = connection.ops.quote_name
    marks = ", ".join(["%s"] * len(names))
    # Only names of our own tables and columns are put together here.
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, names))}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(rows))
