"""A queue in front of the embedded database.

SQLite has one lock for all writers, and who waits for it polls: in a crowd somebody is unlucky until his patience ends.
Threads of one process queue here instead and are all served. PostgreSQL needs none of it: it locks rows, in turn.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

from django.db import connection

_door = RLock()


@contextmanager
def in_turn() -> Iterator[None]:
    """Wait for one's turn to begin a transaction. Never inside of one."""
    if connection.vendor != "sqlite":
        yield
        return
    with _door:
        yield
