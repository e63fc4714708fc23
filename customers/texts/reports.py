"""What carriers tell of texts afterwards: read, and only when it is surely theirs."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.conf import settings
from django.utils.crypto import constant_time_compare

# What people answer when they have had enough, in the languages of the shop.
STOP_WORDS = {
    *("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"),
    *("BAJA", "ALTO", "PARAR", "CANCELAR"),
    *("СТОП", "ОТПИСАТЬСЯ", "ОТПИСКА", "ОТМЕНА"),
}
DELIVERED, FAILED, GONE, STOPPED, OTHER = "delivered", "failed", "gone", "stopped", "other"
# Of Twilio: the number does not exist, or takes no texts; and its owner stopped it there.
NO_SUCH_NUMBER, STOPPED_THERE = {"30005", "30006", "21614", "21211"}, {"21610"}
MOST_FIELDS = 100


class NotGenuine(Exception):
    """It is not signed as the carrier signs."""


@dataclass(frozen=True, slots=True)
class Report:
    """`kind` is delivered, failed, gone (no such number), stopped (by its owner) or other."""

    provider: str
    kind: str
    event_id: str
    reference: str = ""
    number: str = ""
    words: str = ""


def read(address: str, headers: Mapping[str, str], body: bytes) -> Report:
    """One report, posted to that address of ours. Raises NotGenuine."""
    if not settings.TEXT_TOKEN:
        raise NotGenuine
    if "X-Twilio-Signature" in headers:
        return _of_twilio(address, headers["X-Twilio-Signature"], body)
    if not constant_time_compare(headers.get("Authorization", ""), f"Bearer {settings.TEXT_TOKEN}"):
        raise NotGenuine
    return _of_webhook(body)


def is_stop(words: str) -> bool:
    """Whether an answer begins with a word that ends it."""
    first = words.strip().split(maxsplit=1)
    return bool(first) and first[0].strip(".,!\"'«»").upper() in STOP_WORDS


def signature_of(address: str, fields: list[tuple[str, str]]) -> str:
    """As Twilio signs: the address, then each name with its value in the order of the names."""
    told = address + "".join(f"{name}{value}" for name, value in sorted(fields))
    return base64.b64encode(hmac.new(settings.TEXT_TOKEN.encode(), told.encode(), hashlib.sha1).digest()).decode()


def _of_twilio(address: str, signature: str, body: bytes) -> Report:
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise NotGenuine from None
    if not constant_time_compare(signature, signature_of(address, fields)):
        raise NotGenuine
    told = dict(fields)
    number, status, code = told.get("MessageSid", ""), told.get("MessageStatus", ""), told.get("ErrorCode", "")
    if not status:
        words = told.get("Body", "")
        ends = told.get("OptOutType") == "STOP" or is_stop(words)
        return Report("Twilio", STOPPED if ends else OTHER, number, "", told.get("From", ""), words)
    kind = DELIVERED if status in ("delivered", "read") else FAILED if status in ("failed", "undelivered") else OTHER
    kind = GONE if code in NO_SUCH_NUMBER else STOPPED if code in STOPPED_THERE else kind
    return Report("Twilio", kind, f"{number}:{status}", number, told.get("To", ""), f"{status} {code}".strip())


def _of_webhook(body: bytes) -> Report:
    """`{"event": "delivered" | "failed" | "gone" | "answer", "id", "event_id", "from", "text"}`."""
    try:
        told = json.loads(body)
    except ValueError:
        raise NotGenuine from None
    if not isinstance(told, dict):
        raise NotGenuine
    said = {name: str(told.get(name) or "")[:500] for name in ("event", "id", "event_id", "from", "text")}
    kind = said["event"] if said["event"] in (DELIVERED, FAILED, GONE) else OTHER
    if said["event"] == "answer" and is_stop(said["text"]):
        kind = STOPPED
    name = said["event_id"] or f"{said['id']}:{said['event']}"
    return Report("webhook", kind, name, said["id"], said["from"], said["text"])
