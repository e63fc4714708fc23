"""Processor time of a worker, and of what its database does for it."""

import time
from collections.abc import Callable
from pathlib import Path

# What clock_getcpuclockid(3) makes of a process on Linux.
CPU_OF_PROCESS = 2
BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
Clock = Callable[[], float]


def clock_of(worker: int, database: str = "") -> Clock:
    """A clock that tells the seconds of processor used so far by the worker and, on PostgreSQL, by all that serve its
    database. The server must run on this machine; nobody else may use that database meanwhile.
    """
    if not database.startswith("postgres"):
        return lambda: processor_seconds(worker)
    import psycopg

    asking = psycopg.connect(database, autocommit=True)
    # A connection that was closed has worked all the same.
    known: dict[int, float] = {}

    def seconds() -> float:
        known.update({pid: 0.0 for (pid,) in asking.execute(BACKENDS) if pid not in known})
        for pid in known:
            known[pid] = processor_seconds(pid) or known[pid]
        return processor_seconds(worker) + sum(known.values())

    return seconds


def processor_seconds(pid: int) -> float:
    """User and system time of all threads of a process so far, to the nanosecond; 0 when it is gone."""
    try:
        return time.clock_gettime((~pid << 3) | CPU_OF_PROCESS)
    except OSError:
        return 0.0


def children_of(pid: int) -> list[int]:
    """The workers of a server."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def reference() -> float:
    """Seconds of processor of a bare loop: how fast this machine is in this moment (0.098 on the one of the tables)."""
    began = time.process_time()
    sum(number * number for number in range(1_000_000))
    return time.process_time() - began
