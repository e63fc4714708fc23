"""Trouble on order: outages and lost answers."""

import threading
from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass
class Fault:
    """What shall go wrong with the next calls of a path.

    `how` is a status to answer with, "drop" (the connection breaks) or "timeout" (no answer ever comes).
    `done` says whether the action happens nevertheless, `kept` whether a status is remembered for the key.
    """

    path: str
    how: int | str
    method: str | None = None
    times: int = 1
    done: bool = False
    kept: bool = False

    def fits(self, method: str, path: str) -> bool:
        """True for a call this fault is meant for."""
        return self.times > 0 and self.method in (None, method) and fnmatchcase(path, self.path)


class Faults:
    """The faults still to come, in the order they were asked for."""

    def __init__(self):
        self.lock = threading.Lock()
        self.waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let something go wrong. Raises ValueError for an unknown kind."""
        if fault.how not in ("drop", "timeout") and not isinstance(fault.how, int):
            raise ValueError(f"how must be a status, 'drop' or 'timeout', not {fault.how!r}")
        with self.lock:
            self.waiting.append(fault)

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for this call, counted as used."""
        with self.lock:
            for fault in self.waiting:
                if fault.fits(method, path):
                    fault.times -= 1
                    return fault
        return None
