"""A search server of our own that understands the part of OpenSearch's language that the shop speaks.

It keeps documents in memory and weighs by counting boosts, so it says what matches, not how a real server would rank.
"""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit


class SearchStandIn:
    """`with SearchStandIn() as server:` listens at `server.url`. `is_broken` makes every answer a 503."""

    def __init__(self) -> None:
        self.indices: dict[str, dict[str, dict]] = {}
        self.aliases: dict[str, str] = {}
        self.is_broken = False
        self.asked = 0

    def __enter__(self) -> "SearchStandIn":
        handler = type("Handler", (_Handler,), {"books": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, path: str, query: dict, body: str) -> tuple[int, dict]:
        if self.is_broken:
            return 503, {"error": {"type": "unavailable"}, "status": 503}
        first, _, rest = path.strip("/").partition("/")
        match (method, rest):
            case ("PUT", ""):
                self.indices[first] = {}
                return 200, {"acknowledged": True}
            case ("GET", ""):
                stem = first.removesuffix("*")
                return 200, {name: {} for name in self.indices if name.startswith(stem)}
            case ("POST", "_refresh"):
                return 200, {}
            case ("POST" | "PUT", "_bulk"):
                return self._bulk(first, query, body)
            case ("POST" | "GET", "_search"):
                return self._search(first, json.loads(body))
        if first == "_aliases":
            return self._alias(json.loads(body)["actions"])
        return 400, {"error": {"type": f"not understood: {method} {path}"}, "status": 400}

    def _alias(self, actions: list[dict]) -> tuple[int, dict]:
        for action in actions:
            for verb, told in action.items():
                if verb == "add":
                    self.aliases[told["alias"]] = told["index"]
                else:
                    del self.indices[told["index"]]
        return 200, {"acknowledged": True}

    def _documents(self, name: str) -> dict[str, dict] | None:
        return self.indices.get(self.aliases.get(name, name))

    def _bulk(self, name: str, query: dict, body: str) -> tuple[int, dict]:
        if "require_alias" in query and name not in self.aliases:
            return 404, {"error": {"type": "index_not_found_exception"}, "status": 404}
        documents, items = self._documents(name), []
        lines = iter([json.loads(line) for line in body.splitlines() if line])
        for line in lines:
            ((verb, told),) = line.items()
            if verb == "delete":
                status = 200 if documents.pop(told["_id"], None) else 404
            else:
                documents[told["_id"]], status = next(lines), 201
            items.append({verb: {"_id": told["_id"], "status": status}})
        return 200, {"errors": False, "items": items}

    def _search(self, name: str, body: dict) -> tuple[int, dict]:
        self.asked += 1
        documents = self._documents(name)
        if documents is None:
            return 404, {"error": {"type": "index_not_found_exception"}, "status": 404}
        scored = [(score(body["query"], told), key, told) for key, told in documents.items()]
        by_score = "_score" in body["sort"][0]
        hits = [
            {"_id": key, "_score": found, "sort": [found, told["product"]] if by_score else [told["product"]]}
            for found, key, told in scored
            if found is not None
        ]
        hits.sort(key=lambda hit: hit["sort"], reverse=True)
        if after := body.get("search_after"):
            hits = [hit for hit in hits if hit["sort"] < after]
        return 200, {"hits": {"hits": hits[: body["size"]]}}


def score(query: dict, document: dict) -> float | None:
    """The boosts of what matches, or None when the document does not."""
    ((kind, told),) = query.items()
    if kind in ("term", "prefix"):
        ((name, asked),) = told.items()
        words = document[name].split()
        hit = any(word == asked["value"] or (kind == "prefix" and word.startswith(asked["value"])) for word in words)
        return asked["boost"] if hit else None
    if kind != "bool":
        raise ValueError(kind)
    found = [score(part, document) for part in (*told.get("must", []), *told.get("should", []))]
    met = [one for one in found if one is not None]
    needed = len(told["must"]) if "must" in told else told["minimum_should_match"]
    return sum(met) if len(met) >= needed else None


class _Handler(BaseHTTPRequestHandler):
    books: SearchStandIn
    protocol_version = "HTTP/1.1"

    def _do(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        status, said = self.books.answer(self.command, parts.path, parse_qs(parts.query), body)
        data = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _do  # noqa: N815

    def log_message(self, *_) -> None:
        """Quiet."""
