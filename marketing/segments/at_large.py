"""How PostgreSQL is to answer questions about sets of people."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# What a planner guesses about conditions in conditions is often "one row", and then it runs through a whole set for
# each person: 14 seconds instead of 0.3. Joined by hash the worst guess costs little.
WAYS = {"enable_nestloop": "off", "work_mem": "64MB"}


@contextmanager
def at_large() -> Iterator[None]:
    """Within this the sets of a rule are joined by hash, with room for it. Changes nothing elsewhere, nor on SQLite."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('enable_nestloop'), current_setting('work_mem')")
        before = cursor.fetchone()
        _set(cursor, tuple(WAYS.values()))
        yield
        # Inside somebody else's transaction the rest of it is planned as before.
        _set(cursor, before)


def _set(cursor, values: tuple[str, str]) -> None:
    cursor.execute("SELECT set_config('enable_nestloop', %s, true), set_config('work_mem', %s, true)", values)
