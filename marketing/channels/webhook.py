"""To another system: signed JSON, posted until it is taken, with the same key however often it is tried.

`Idempotency-Key` is the key of the message. `Webhook-Timestamp` is in seconds, and `Webhook-Signature` is `v1=` and
the hex HMAC-SHA-256 of `<timestamp>.<body>` with the target's secret: who takes it refuses what is older than five
minutes, or signed otherwise.
"""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass

from django.utils.translation import gettext as _

from customers.letters import Letter
from customers.outcomes import NotNow, Refused, Unanswered
from marketing.channels import outside
from marketing.models import Message, WebhookTarget
from marketing.words import CannotBeWritten


@dataclass(frozen=True, slots=True)
class Parcel:
    url: str
    secret: str
    key: str
    body: bytes


def address_of(target: WebhookTarget) -> str:
    """What a message to it has as its address."""
    return f"webhook:{target.pk}"


def parcel(message: Message, letter: Letter) -> Parcel:
    """What the system is told of the person and the occasion. Raises CannotBeWritten."""
    pk = message.address.partition(":")[2]
    target = WebhookTarget.objects.filter(pk=int(pk) if pk.isdecimal() else 0, is_active=True).first()
    if target is None:
        raise CannotBeWritten(_("This system is gone, or not in use."))
    person = message.profile
    told = {
        "key": message.key,
        "occasion": message.flow.name if message.flow else "",
        "person": {"email": person.email, "name": person.name, "stage": person.stage} if person else None,
        "language": message.language,
        "subject": letter.subject,
        "text": letter.text,
    }
    return parcel_of(target, message.key, told)


def parcel_of(target: WebhookTarget, key: str, told: dict) -> Parcel:
    return Parcel(target.url, target.secret, key, json.dumps(told, ensure_ascii=False).encode())


def hand_over(parcel: Parcel) -> str:
    """Whatever is not clearly taken or refused is tried again: the other side knows the key."""
    at = str(int(time.time()))
    signature = hmac.new(parcel.secret.encode(), f"{at}.".encode() + parcel.body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "Idempotency-Key": parcel.key}
    headers |= {"Webhook-Timestamp": at, "Webhook-Signature": f"v1={signature}"}
    try:
        status = outside.post(parcel.url, headers, parcel.body)
    except Unanswered as error:
        raise NotNow(str(error)) from error
    if 200 <= status < 300:
        return ""
    if status in (408, 409, 425, 429) or status >= 500:
        raise NotNow(str(status))
    raise Refused(str(status))
