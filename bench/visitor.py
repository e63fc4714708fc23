"""A visitor over one kept connection, with cookies."""

import http.client
import re
import time
from urllib.parse import urlencode


class Visitor:
    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def get(self, address: str) -> tuple[int, bytes]:
        return self._ask("GET", address)

    def post(self, address: str, **fields: str) -> tuple[int, bytes]:
        """Send a form with the token of the page seen last."""
        return self._ask("POST", address, urlencode({"csrfmiddlewaretoken": self.token, **fields}))

    def see(self, address: str) -> str:
        """Open a page and keep its form token; returns the page."""
        page = self.get(address)[1].decode()
        self.token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
        return page

    def _ask(self, method: str, address: str, body: str | None = None) -> tuple[int, bytes]:
        headers = {"Host": "localhost", "User-Agent": "bench", "Cookie": self._cookie()}
        if body:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://localhost"}
        self.connection.request(method, address, body, headers)
        answer = self.connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, answer.read()

    def _cookie(self) -> str:
        return "; ".join(f"{key}={value}" for key, value in self.cookies.items())


def wait_for(port: int, within: float = 60) -> None:
    """Return as soon as the server answers."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            return Visitor(port).get("/healthz") and None
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("The server did not answer.")
