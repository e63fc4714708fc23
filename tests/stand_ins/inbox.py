"""A shop's webhook address, for the time of a test: it keeps what arrives."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Letter(NamedTuple):
    """One webhook as it came."""

    payload: bytes
    signature: str


class Inbox:
    """Listens on 127.0.0.1 between `with` and the end of the block; answers with `status`."""

    def __init__(self):
        self.letters: list[Letter] = []
        self.status = 200
        self.on_arrival = lambda: None
        handler = type("Handler", (_Handler,), {"inbox": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/webhooks/stripe/"

    def __enter__(self) -> "Inbox":
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *exc_info) -> None:
        self._http.shutdown()
        self._http.server_close()


class _Handler(BaseHTTPRequestHandler):
    inbox: Inbox

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.inbox.on_arrival()
        self.inbox.letters.append(Letter(body, self.headers["Stripe-Signature"]))
        self.send_response(self.inbox.status)
        self.end_headers()

    def log_message(self, format: str, *args) -> None:
        """Tests are quiet."""
