"""Fetching a picture from an address that a file names, without being sent to places that are ours alone.

The name is resolved once, only global addresses are taken, the connection goes to the address that was judged, and
redirects are not followed. Hosts in OUTBOUND_ALLOW may lie anywhere.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from catalog.listings.raster import MAX_BYTES

# Seconds: to find and reach the host, and for the whole picture.
REACH, WHOLE = 3.0, 20.0
CHUNK = 64 * 1024
# Ranges that count as global but hide another address inside.
HIDING = [ipaddress.ip_network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")]


class NotFetched(Exception):
    """The picture could not be had; `host_is_bad` when the next one from there need not be tried."""

    def __init__(self, sentence: str, host_is_bad: bool = False) -> None:
        super().__init__(sentence)
        self.host_is_bad = host_is_bad


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart and judged harmless in form."""

    scheme: str
    host: str
    port: int
    path: str


def place_of(address: str) -> Place:
    """The parts of an http(s) address. Raises NotFetched."""
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host.encode("idna").decode() if not host.isascii() else host
    except (ValueError, UnicodeError):
        raise NotFetched(_("This is not an address.")) from None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise NotFetched(_("Only plain http and https addresses are fetched."))
    usual = 443 if parts.scheme == "https" else 80
    if port not in (None, usual) and host not in settings.OUTBOUND_ALLOW:
        raise NotFetched(_("Only the usual ports are asked."))
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return Place(parts.scheme, host, port or usual, path + (f"?{query}" if query else ""))


def fetch(address: str) -> bytes:
    """What lies at the address, at most 20 MB of it. Raises NotFetched with a sentence."""
    place = place_of(address)
    until = time.monotonic() + WHOLE
    target = _judged(place)
    connection, watch = http.client.HTTPConnection(place.host, place.port), None
    try:
        connection.sock = _connected(place, target)
        watch = _cut_off_at(until, connection.sock)
        connection.request("GET", place.path, headers={"User-Agent": "Vitrina", "Accept": "image/*"})
        return _read(connection.getresponse(), connection.sock, until)
    except (OSError, http.client.HTTPException):
        raise NotFetched(_("%(host)s cannot be reached.") % {"host": place.host}, host_is_bad=True) from None
    finally:
        if watch:
            watch.cancel()
        connection.close()


def connected(place: Place) -> socket.socket:
    """A line to the address that was judged. Raises NotFetched with a sentence, or OSError."""
    return _connected(place, _judged(place))


def _cut_off_at(until: float, sock: socket.socket) -> threading.Timer:
    """End the connection then: a host that drips its headers is otherwise read for ever."""

    def cut() -> None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(until - time.monotonic(), cut)
    timer.daemon = True
    timer.start()
    return timer


def _connected(place: Place, target: str) -> socket.socket:
    plain = socket.create_connection((target, place.port), timeout=REACH)
    if place.scheme == "http":
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=place.host)
    except BaseException:
        plain.close()
        raise


def _read(answer: http.client.HTTPResponse, sock: socket.socket, until: float) -> bytes:
    if 300 <= answer.status < 400:
        raise NotFetched(_("The address leads to another one; redirects are not followed."))
    if answer.status != 200:
        raise NotFetched(_("The other side answered %(status)d.") % {"status": answer.status})
    parts, size = [], 0
    # read1 hands over what has come, so that a host which drips bytes meets the limit.
    while chunk := answer.read1(CHUNK):
        size += len(chunk)
        if size > MAX_BYTES:
            raise NotFetched(_("The picture is larger than 20 MB."))
        if time.monotonic() > until:
            raise NotFetched(_("The picture took too long."), host_is_bad=True)
        parts.append(chunk)
    if time.monotonic() > until:
        raise NotFetched(_("The picture took too long."), host_is_bad=True)
    return b"".join(parts)


def _judged(place: Place) -> str:
    """The one address to connect to. A host with any address of ours is refused as a whole."""
    found = _resolved(place)
    if not found:
        raise NotFetched(_("%(host)s cannot be found.") % {"host": place.host}, host_is_bad=True)
    if place.host not in settings.OUTBOUND_ALLOW and not all(is_global(address) for address in found):
        raise NotFetched(_("%(host)s is not a public address.") % {"host": place.host}, host_is_bad=True)
    return found[0]


def is_global(text: str) -> bool:
    """Whether the address is one of the open Internet."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            address = address.ipv4_mapped
        elif any(address in net for net in HIDING):
            return False
    return address.is_global and not address.is_multicast


def _resolved(place: Place) -> list[str]:
    """The addresses of the host. In a thread of its own, since a dead name server keeps one waiting for long."""
    found: list[str] = []

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(str(row[4][0]) for row in rows)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(REACH)
    return [] if asking.is_alive() else list(dict.fromkeys(found))
