"""HTTP: one thread per request, one request per connection."""

import contextlib
import json
import select
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from . import control, form, hosted
from .desk import Call
from .errors import Refused
from .idempotency import Answer

if TYPE_CHECKING:
    from .stand_in import StripeStandIn

LARGEST = 1_000_000


def serve(stand_in: "StripeStandIn", port: int) -> ThreadingHTTPServer:
    """A server that speaks for a stand-in; the caller runs it."""
    handler = type("Handler", (_Handler,), {"stand_in": stand_in})
    return _Server(("127.0.0.1", port), handler)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Many buyers at once: the default of five waiting connections refuses some of them.
    request_queue_size = 256

    def handle_error(self, request, client_address) -> None:
        """A client that hung up is no error of ours."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    stand_in: "StripeStandIn"

    def do_GET(self) -> None:
        self._route()

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST:
            self._json(413, {"error": {"type": "invalid_request_error", "message": "Too large."}})
        else:
            self._route(self.rfile.read(length).decode("utf-8", "replace"))

    def do_DELETE(self) -> None:
        self._route()

    def _route(self, body: str = "") -> None:
        parts = urlsplit(self.path)
        try:
            values = form.decode(parts.query) | (form.decode(body) if body else {})
            if parts.path.startswith("/v1/"):
                return self._api(parts.path, values)
            if parts.path.startswith("/c/pay/"):
                return self._page(parts.path.removeprefix("/c/pay/"), values)
            if parts.path.startswith("/_stand_in/"):
                return self._control(parts.path.removeprefix("/_stand_in/"), values)
            self._json(404, {"error": {"type": "invalid_request_error", "message": "Not found."}})
        except (Refused, ValueError) as refusal:
            body = refusal.body if isinstance(refusal, Refused) else {"error": {"message": str(refusal)}}
            self._json(getattr(refusal, "status", 400), body)

    def _api(self, path: str, values: dict) -> None:
        call = Call(self.command, path, values, self.headers.get("Idempotency-Key"))
        authorization = self.headers.get("Authorization", "")
        answer, fault, news = self.stand_in.desk.answer(call, authorization, self.stand_in.url)
        gone = self._post_later(news, self.stand_in.delivery)
        try:
            if fault is None or isinstance(fault.how, int):
                self._json(answer.status, answer.body, self._headers(call, answer))
        finally:
            gone.set()
        if fault is not None and fault.how == "timeout":
            self._hold()
        if fault is not None and isinstance(fault.how, str):
            self._hang_up()

    def _headers(self, call: Call, answer: Answer) -> dict[str, str]:
        headers = {"Request-Id": call.request_id, "Stripe-Version": self.headers.get("Stripe-Version", "")}
        if call.idempotency_key:
            headers["Idempotency-Key"] = call.idempotency_key
        if answer.replayed:
            headers["Idempotent-Replayed"] = "true"
        return headers

    def _page(self, id: str, values: dict) -> None:
        act = hosted.submit if self.command == "POST" else hosted.show
        reply = act(self.stand_in, id, values)
        gone = self._post_later(reply.later, reply.delivery)
        headers = {"Location": reply.location} if reply.location else {}
        try:
            self._send(reply.status, "text/html; charset=utf-8", reply.html.encode(), headers)
        finally:
            gone.set()

    def _control(self, knob: str, values: dict) -> None:
        if self.command == "GET":
            self._json(200, control.state(self.stand_in))
        else:
            self._json(200, control.turn(self.stand_in, knob, values))

    def _post_later(self, news, delivery: str) -> threading.Event:
        """Post events in the background as soon as the returned flag is set."""
        gone = threading.Event()
        if news and self.stand_in.webhook_url and delivery != "never":
            self.stand_in.courier.later(gone, lambda: self.stand_in.post(news, delivery))
        return gone

    def _json(self, status: int, body: dict, headers: dict[str, str] | None = None) -> None:
        raw = json.dumps(body, indent=2, ensure_ascii=False).encode()
        self._send(status, "application/json", raw, headers or {})

    def _send(self, status: int, kind: str, raw: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(raw)))
        # One request per connection: nothing goes on answering after the stand-in was stopped.
        self.send_header("Connection", "close")
        self.send_header("Cache-Control", "no-store")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)
        self.wfile.flush()
        self.close_connection = True

    def _hold(self) -> None:
        """Say nothing until the client gives up or the stand-in stops."""
        while not self.stand_in.closing.is_set():
            readable, _, _ = select.select([self.connection], [], [], 0.1)
            with contextlib.suppress(OSError):
                if not readable or self.connection.recv(1024):
                    continue
            return

    def _hang_up(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args) -> None:
        if self.stand_in.verbose:
            super().log_message(format, *args)
