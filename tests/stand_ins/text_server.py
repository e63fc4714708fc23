"""A carrier of texts of our own, with moods: speaks the part of Twilio's language that the shop speaks, and plain JSON.

It takes one key once, as a gateway should; Twilio itself knows no keys, so on its side a second call is a second text.
"""

import json
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

ACCOUNT, TOKEN = "AC0000000000000000000000000000000a", "token"


class TextStandIn:
    """`with TextStandIn() as server:` listens at `server.url`; `taken` are the texts, newest first.

    `mood`: kind · slam (no answer, nothing taken) · take and slam · 429 · 500 · refuse.
    """

    def __init__(self) -> None:
        self.taken: list[dict] = []
        self.mood = "kind"
        self.asked = 0

    def __enter__(self) -> "TextStandIn":
        handler = type("Handler", (_Handler,), {"books": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self._server.shutdown()
        self._server.server_close()

    def take(self, text: dict) -> dict:
        same = next((one for one in self.taken if one["key"] and one["key"] == text["key"]), None)
        if same is None:
            same = text | {"sid": f"SM{len(self.taken) + 1}", "status": "queued"}
            self.taken.insert(0, same)
        return same


class _Handler(BaseHTTPRequestHandler):
    books: TextStandIn
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        wanted = parse_qs(urlsplit(self.path).query)["To"][0].replace(" ", "+")
        rows = [{**text, "body": text["text"]} for text in self.books.taken if text["to"] == wanted]
        self._answer(200, {"messages": rows})

    def do_POST(self) -> None:
        books = self.books
        books.asked += 1
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if not self._is_known():
            return self._answer(401, {"code": 20003, "message": "Authenticate"})
        if books.mood in ("429", "500"):
            return self._answer(int(books.mood), {"code": 20429, "message": "not now"})
        if books.mood == "refuse":
            return self._answer(400, {"code": 21610, "message": "Attempt to send to unsubscribed recipient"})
        taken = {} if books.mood == "slam" else books.take(self._text(raw))
        if "slam" in books.mood:
            self.close_connection = True
            return None
        return self._answer(201, {"sid": taken["sid"], "id": taken["sid"], "status": "queued"})

    def _is_known(self) -> bool:
        twilio = f"Basic {b64encode(f'{ACCOUNT}:{TOKEN}'.encode()).decode()}"
        return self.headers.get("Authorization") in (twilio, f"Bearer {TOKEN}")

    def _text(self, raw: str) -> dict:
        if self.headers["Content-Type"] == "application/json":
            told = json.loads(raw)
            return {"to": told["to"], "from": told["from"], "text": told["text"], "key": told["key"]}
        form = {name: values[0] for name, values in parse_qs(raw).items()}
        sender = form.get("From") or form["MessagingServiceSid"]
        return {"to": form["To"], "from": sender, "text": form["Body"], "key": ""}

    def _answer(self, status: int, told: dict) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_) -> None:
        """Quiet."""
