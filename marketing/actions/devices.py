"""Browsers that ask to be told, and those that end it."""

import base64
import hashlib
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from customers import consent
from customers.models import Consent
from marketing.actions import profiles
from marketing.channels.addresses import is_public_host
from marketing.models import PushSubscription

MARKETING, PUSH = Consent.Purpose.MARKETING, Consent.Channel.PUSH
MOST = 10
SOURCE = "push"


class NotADevice(ValueError):
    """What was sent is not what a browser gives for its subscription."""


@transaction.atomic
def add(
    email: str, given: dict, language: str, name: str, wording: str, now: datetime, customer=None
) -> PushSubscription:
    """Remember this browser as one of the person's, and his yes. Raises NotADevice.

    `given` is what the browser's PushSubscription writes as JSON. A browser that was somebody else's is his from now
    on; of more than ten the oldest ends.
    """
    endpoint, p256dh, auth = _read(given)
    person = profiles.know(email, customer)
    facts = {"profile": person, "endpoint": endpoint, "p256dh": p256dh, "auth": auth, "language": language}
    facts |= {"name": name[:60], "gone_at": None, "created_at": now}
    device, _made = PushSubscription.objects.update_or_create(endpoint_hash=hash_of(endpoint), defaults=facts)
    mine = PushSubscription.objects.filter(profile=person, gone_at=None).order_by("-id")
    mine.filter(pk__in=list(mine.values_list("pk", flat=True)[MOST:])).update(gone_at=now)
    if not consent.may_send(person.email, channel=PUSH):
        consent.grant(person.email, MARKETING, PUSH, wording, SOURCE, customer)
    return device


@transaction.atomic
def remove(device: PushSubscription, now: datetime) -> None:
    """The person takes one browser back; with the last one his yes ends."""
    PushSubscription.objects.filter(pk=device.pk, gone_at=None).update(gone_at=now)
    rest = PushSubscription.objects.filter(profile=device.profile_id, gone_at=None)
    if not rest.exists() and consent.standing(device.profile.email, channel=PUSH).consent:
        consent.withdraw(device.profile.email, SOURCE, channel=PUSH)


def end(device_ids: list[int], now: datetime) -> None:
    """Their push services know them no more."""
    PushSubscription.objects.filter(pk__in=device_ids, gone_at=None).update(gone_at=now)


def hash_of(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()


def _read(given: dict) -> tuple[str, str, str]:
    keys = given.get("keys") if isinstance(given, dict) else None
    endpoint = given.get("endpoint") if isinstance(given, dict) else None
    if not isinstance(endpoint, str) or not isinstance(keys, dict) or len(endpoint) > 1000:
        raise NotADevice
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        raise NotADevice from None
    # We post there ourselves: never into a network of our own.
    if parts.scheme != "https" or parts.username or port not in (None, 443) or not is_public_host(parts.hostname or ""):
        raise NotADevice
    p256dh, auth = keys.get("p256dh"), keys.get("auth")
    if _length(p256dh) != 65 or _length(auth) != 16:
        raise NotADevice
    return endpoint, p256dh, auth


def _length(key) -> int:
    if not isinstance(key, str) or len(key) > 120:
        return 0
    try:
        return len(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)))
    except ValueError:
        return 0
