"""New rows below the ORM, many times as fast as `bulk_create`: great numbers of them, for what an import writes, and
the few of each table that belong to an order.

Many rows go in one statement: SQLite's search index is written out once for each, and PostgreSQL answers each.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain

from django.db import connection, models
from django.utils import timezone

from catalog import prepared

# Their values go to the database as they are when they are of these very types.
_AS_IS = {str, int, bool, type(None)}
# SQLite takes 32,766 values in a statement.
_MOST_VALUES = 32_000


def insert(
    model: type[models.Model], rows: Sequence[Mapping[str, object]], *key: str, unless_there: bool = False
) -> dict:
    """Write new rows of one of our own tables; columns that a row does not name get the default of their field.

    Returns the primary keys by the values of `key`, columns that repeat nothing together, when that is asked for: the
    value of one, tuples of several. With `unless_there` a row that repeats what is unique is left out, and is not
    among what is returned; else such rows are for `bulk_create`.
    """
    fields = [field for field in model._meta.local_concrete_fields if not isinstance(field, models.AutoField)]
    named = {name for row in rows for name in row}
    columns = [_column(field, rows if field.attname in named else ({},), len(rows)) for field in fields]
    names = [field.column for field in fields]
    quote = connection.ops.quote_name
    after = "ON CONFLICT DO NOTHING " if unless_there else ""
    after += f"RETURNING {', '.join(map(quote, (*key, model._meta.pk.column)))}" if key else ""
    made = write(model._meta.db_table, names, list(zip(*columns, strict=True)), after)
    return {values[0] if len(key) == 1 else tuple(values): pk for *values, pk in made}


def create(rows: Iterable[models.Model]) -> list:
    """`bulk_create` of a few new models of one kind in one statement; they get their keys.

    Tables whose rows are somebody's parent, and defaults of the database, are for `bulk_create`.
    """
    rows = list(rows)
    if not rows:
        return rows
    meta = rows[0]._meta
    fields = [field for field in meta.local_concrete_fields if not isinstance(field, models.AutoField)]
    values = [[_value(field, field.pre_save(row, True)) for field in fields] for row in rows]
    after = f"RETURNING {connection.ops.quote_name(meta.pk.column)}"
    keys = write(meta.db_table, [field.column for field in fields], values, after)
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias
    return rows


def _value(field: models.Field, value: object) -> object:
    return value if type(value) in _AS_IS else field.get_db_prep_save(value, connection)


def write(table: str, columns: Sequence[str], rows: Sequence[Sequence], after: str = "") -> list[tuple]:
    """Insert rows whose values the database takes as they are; `after` is what stands behind them, such as ON CONFLICT.

    Returns what RETURNING returns. All names come from the program, never from outside.
    """
    if not rows:
        return []
    quote, size = connection.ops.quote_name, _MOST_VALUES // len(columns)
    begin = f"INSERT INTO {quote(table)} ({', '.join(map(quote, columns))}) "
    ask = _as_columns if connection.vendor == "postgresql" and len(rows) > 1 else _as_rows
    found = []
    with prepared.cursor() as cursor:
        for start in range(0, len(rows), size):
            values, params = ask(table, columns, rows[start : start + size])
            cursor.execute(f"{begin}{values} {after}", params)
            if "RETURNING" in after:
                found += cursor.fetchall()
    return found


def _as_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence]) -> tuple[str, list]:
    marks = f"({', '.join(['%s'] * len(columns))})"
    return f"VALUES {', '.join([marks] * len(rows))}", list(chain.from_iterable(rows))


def _as_columns(table: str, columns: Sequence[str], rows: Sequence[Sequence]) -> tuple[str, list]:
    """An array for each column: thousands of parameters take psycopg longer to count than PostgreSQL to write."""
    kinds = _kinds(table)
    marks = ", ".join(f"%s::{kinds[name]}[]" for name in columns)
    values = f"SELECT * FROM unnest({marks})"  # noqa: S608
    return values, [list(column) for column in zip(*rows, strict=True)]


@lru_cache(maxsize=100)
def _kinds(table: str) -> dict[str, str]:
    """The types of the columns without their lengths: a cast to a length would cut what should be refused."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = %s::regclass", [table]
        )
        return dict(cursor.fetchall())


def _column(field: models.Field, rows: Sequence[Mapping], number: int) -> list:
    """The values of the rows; a single row stands for all."""
    default, name = _default(field), field.attname
    prepare = _prepare(field)
    values = (row.get(name, default) for row in rows)
    column = [value if type(value) in _AS_IS else prepare(value) for value in values]
    return column if len(column) == number else column * number


def _default(field: models.Field) -> object:
    is_stamped = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return timezone.now() if is_stamped else field.get_default()


def _prepare(field: models.Field) -> Callable:
    known: dict = {}

    def prepare(value):
        # The same moment is written in every row.
        if type(value) is not datetime:
            return field.get_db_prep_save(value, connection)
        if value not in known:
            known[value] = field.get_db_prep_save(value, connection)
        return known[value]

    return prepare
