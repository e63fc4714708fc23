"""Posting something to a server that others name: a push service, another system.

The address is judged as pictures from files are: public hosts only, the connection goes to the address that was
judged, nobody is followed elsewhere, and nobody keeps us waiting.
"""

import http.client
from collections.abc import Mapping

from catalog.actions.importing.fetch import NotFetched, connected, place_of
from customers.outcomes import NotNow, Refused, Unanswered

TIMEOUT = 10.0


def post(address: str, headers: Mapping[str, str], body: bytes) -> int:
    """The status that came back. Raises NotNow when nothing was said to it, Unanswered when no answer came, and
    Refused for an address to which nothing may ever go.
    """
    try:
        place = place_of(address)
    except NotFetched as error:
        raise Refused(str(error)) from error
    if place.scheme != "https":
        raise Refused(address[:100])
    line = http.client.HTTPConnection(place.host, place.port)
    try:
        line.sock = connected(place)
        line.sock.settimeout(TIMEOUT)
    except (NotFetched, OSError) as error:
        raise NotNow(str(error)[:300]) from error
    try:
        line.request("POST", place.path, body, {"User-Agent": "Vitrina", **headers})
        return line.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise Unanswered(f"{type(error).__name__}: {error}"[:300]) from error
    finally:
        line.close()
