"""By notification on the devices of a person (web push: RFC 8030, encrypted by RFC 8291, signed by RFC 8292)."""

import json
import re
import time
from dataclasses import dataclass, field
from email.utils import parseaddr
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.letters import Letter
from customers.models import ShopDetails
from customers.outcomes import Away, NotNow, Refused, Unanswered
from marketing.channels import outside
from marketing.models import Message, PushSubscription
from marketing.words import CannotBeWritten

GONE = (404, 410)
# Seconds: a device that is off for longer is not told any more.
KEPT_FOR = 24 * 3600
SIGNED_FOR = 12 * 3600
# A push service takes 4096 bytes encrypted.
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Parcel:
    said: bytes
    devices: list[PushSubscription] = field(default_factory=list)


def parcel(message: Message, letter: Letter) -> Parcel:
    """For every device that is open now. Raises CannotBeWritten."""
    devices = list(PushSubscription.objects.filter(profile=message.profile_id, gone_at=None))
    if not devices:
        raise CannotBeWritten(_("This person has no device that may be told."))
    return Parcel(said_of(letter, f"message-{message.pk}"), devices)


def said_of(letter: Letter, tag: str) -> bytes:
    """What the service worker shows: title, body, and where a press leads. The same tag replaces what it showed."""
    found = re.search(r'href="([^"]+)"', letter.html)
    told = {"title": letter.subject[:100], "body": letter.text[:LONGEST], "lang": letter.language, "tag": tag}
    told["link"] = unescape(found[1]) if found else settings.SITE_URL
    return json.dumps(told, ensure_ascii=False).encode()


def hand_over(parcel: Parcel) -> str:
    """One device that took it is enough. Devices that their service knows no more are ended here."""
    if not settings.VAPID_PRIVATE_KEY:
        raise Away("No keys for notifications are set up.")
    taken, gone, faults = [], [], []
    for device in parcel.devices:
        try:
            _tell(device, parcel.said)
            taken.append(device.pk)
        except Refused as refused:
            gone.append(device.pk) if isinstance(refused, _Gone) else None
            faults.append(refused)
        except (NotNow, Unanswered) as fault:
            faults.append(fault)
    now = timezone.now()
    PushSubscription.objects.filter(pk__in=gone).update(gone_at=now)
    PushSubscription.objects.filter(pk__in=taken).update(ok_at=now)
    if not taken:
        # The same tag shows it once, however often it comes: what may have been taken can be tried again.
        later = next((fault for fault in faults if not isinstance(fault, Refused)), None)
        raise NotNow(str(later)) if later else faults[-1]
    return ""


class _Gone(Refused):
    """The person took the permission back, or the browser is no more."""


def _tell(device: PushSubscription, said: bytes) -> None:
    status = outside.post(device.endpoint, _headers(device), _sealed(device, said))
    if status in GONE:
        raise _Gone(f"{status}")
    if status == 429 or status >= 500:
        raise NotNow(f"{status}")
    if not 200 <= status < 300:
        raise Refused(f"{status}")


def _sealed(device: PushSubscription, said: bytes) -> bytes:
    # Both libraries load a web client; only who tells devices needs them.
    from pywebpush import WebPusher

    keys = {"p256dh": device.p256dh, "auth": device.auth}
    return WebPusher({"endpoint": device.endpoint, "keys": keys}).encode(said, content_encoding="aes128gcm")["body"]


def _headers(device: PushSubscription) -> dict[str, str]:
    from py_vapid import Vapid02

    place = urlsplit(device.endpoint)
    claims = {"aud": f"{place.scheme}://{place.netloc}", "sub": contact(), "exp": int(time.time()) + SIGNED_FOR}
    signed = Vapid02.from_string(settings.VAPID_PRIVATE_KEY).sign(claims)
    kind = {"Content-Type": "application/octet-stream", "Content-Encoding": "aes128gcm"}
    return {**signed, **kind, "TTL": str(KEPT_FOR), "Urgency": "normal"}


def contact() -> str:
    """By which a push service reaches us when something is wrong."""
    return f"mailto:{ShopDetails.current().email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
