"""Carrying events to the shop."""

import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import NamedTuple

from .events import SignedEvent

PATIENCE = 10.0


class Attempt(NamedTuple):
    """One try to hand an event over; status 0 when nobody answered."""

    event: str
    type: str
    status: int


class Courier:
    """Posts events, now or in the background, and remembers how that went."""

    def __init__(self):
        self.url: str | None = None
        self.attempts: list[Attempt] = []
        self.trips: list[threading.Thread] = []
        # Never through a proxy of the machine: the shop is next door.
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())

    def carry(self, signed: SignedEvent) -> bool:
        """Post one event and wait for the answer. True when it was taken."""
        headers = {"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": signed.signature}
        headers["User-Agent"] = "Stripe/1.0 (+https://stripe.com/docs/webhooks)"
        request = urllib.request.Request(self.url, data=signed.payload, headers=headers, method="POST")
        try:
            with self.opener.open(request, timeout=PATIENCE) as response:
                status = response.status
        except urllib.error.HTTPError as error:
            status = error.code
        except OSError:
            status = 0
        self.attempts.append(Attempt(signed.body["id"], signed.type, status))
        return 200 <= status < 300

    def later(self, ready: threading.Event, errand: Callable[[], None]) -> None:
        """Run an errand in the background once `ready`."""

        def trip() -> None:
            ready.wait(PATIENCE)
            errand()

        thread = threading.Thread(target=trip, daemon=True)
        self.trips.append(thread)
        thread.start()

    def wait(self) -> None:
        """Return when no errand is under way."""
        while self.trips:
            self.trips.pop().join(2 * PATIENCE)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is not an answer to a webhook."""

    def redirect_request(self, *args, **kwargs) -> None:
        return None
