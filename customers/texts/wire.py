"""One question to a provider over HTTP, and what its answer means."""

import http.client
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from customers.outcomes import Away, Refused, Unanswered

TIMEOUT = 12
# Their answers are a few hundred bytes; a list of twenty texts is some more.
LONGEST_ANSWER = 200_000


def ask(method: str, address: str, headers: Mapping[str, str], body: str = "") -> dict[str, Any]:
    """What the provider answers, an empty dict where it is no JSON. Follows nobody to another place.

    Raises Away, Refused and Unanswered. `address` is a complete one, http or https.
    """
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    line = kind(parts.hostname or "", parts.port, timeout=TIMEOUT)
    try:
        line.connect()
    except OSError as error:
        raise Away(_said(error)) from error
    try:
        line.request(method, f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}", body.encode(), headers)
        answer = line.getresponse()
        said = answer.read(LONGEST_ANSWER)
    except (OSError, http.client.HTTPException) as error:
        raise Unanswered(_said(error)) from error
    finally:
        line.close()
    return _understood(answer.status, said)


def _understood(status: int, said: bytes) -> dict[str, Any]:
    try:
        told = json.loads(said)
    except ValueError:
        told = {}
    told = told if isinstance(told, dict) else {}
    if 200 <= status < 300:
        return told
    words = f"{status} {told.get('code', '')} {told.get('message', '')}".strip()[:300]
    # Nobody's text is to blame for a wrong password, a wrong address, or for too many of them.
    if status in (401, 404, 407, 408, 429) or 300 <= status < 400:
        raise Away(words)
    raise Unanswered(words) if status >= 500 else Refused(words)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]
