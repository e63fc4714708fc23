"""Everything the stand-in knows, behind one lock."""

import copy
import threading
import time
from collections.abc import Callable

from . import ids
from .errors import missing

KINDS = {
    "cs_": "checkout.session",
    "pi_": "payment_intent",
    "ch_": "charge",
    "re_": "refund",
    "evt_": "event",
    "cus_": "customer",
    "pm_": "payment_method",
}
API_VERSION = "2026-10-28.endive"


class Books:
    """Objects by id in the order they came to be, and the events that tell their story."""

    def __init__(self, clock: Callable[[], float] = time.time):
        self.lock = threading.RLock()
        self.clock = clock
        # Whether an endpoint wants a type of event: the others have nobody to wait for.
        self.listens: Callable[[str], bool] = lambda type: True
        self.forget()

    def forget(self) -> None:
        """Start anew."""
        with self.lock:
            self.shelves: dict[str, dict[str, dict]] = {kind: {} for kind in KINDS.values()}
            self.items: dict[str, list[dict]] = {}
            self.intent_data: dict[str, dict] = {}
            self.request: dict = {"id": None, "idempotency_key": None}

    def now(self) -> int:
        """Whole seconds since the epoch, as on the wire."""
        return int(self.clock())

    def add(self, obj: dict) -> dict:
        """Keep a new object."""
        self.shelves[obj["object"]][obj["id"]] = obj
        return obj

    def all(self, kind: str) -> list[dict]:
        """The objects of a kind, oldest first."""
        return list(self.shelves[kind].values())

    def find(self, id: str | None) -> dict | None:
        """The object with this id, whatever it is."""
        kind = KINDS.get(str(id).partition("_")[0] + "_")
        return self.shelves[kind].get(id) if kind else None

    def get(self, kind: str, id: str, param: str | None = None) -> dict:
        """The object of a kind with this id. Raises Refused when there is none."""
        obj = self.shelves[kind].get(id)
        if obj is None:
            raise missing(kind, id, param)
        return obj

    def emit(self, type: str, obj: dict) -> dict:
        """Write an event down: the object as it is at this moment."""
        event = {
            "id": ids.new("evt_1"),
            "object": "event",
            "api_version": API_VERSION,
            "created": self.now(),
            "data": {"object": copy.deepcopy(obj)},
            "livemode": False,
            "pending_webhooks": int(self.listens(type)),
            "request": dict(self.request),
            "type": type,
        }
        return self.add(event)
