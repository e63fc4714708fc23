"""What django-anymail understands of a provider of mail, put into our own words.

The library belongs to the production lock: it is asked for only where EMAIL_BACKEND names one of its backends.
"""

import hashlib
import re
from collections.abc import Callable
from functools import cache as once

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from marketing.actions import feedback
from marketing.models import DeliveryEvent

Type = DeliveryEvent.Type
BACKEND = re.compile(r"anymail\.backends\.(\w+)\.")
TYPES = {
    "delivered": Type.DELIVERED,
    "bounced": Type.BOUNCED,
    "rejected": Type.FAILED,
    "failed": Type.FAILED,
    "complained": Type.COMPLAINED,
    "opened": Type.OPENED,
    "clicked": Type.CLICKED,
    "unsubscribed": Type.UNSUBSCRIBED,
}
# Programs that open and press before a person does.
MACHINES = re.compile(
    r"proxy|bot|crawl|spider|preview|scan|barracuda|mimecast|proofpoint|python|curl|^$", re.IGNORECASE
)
# Some providers tell of full mailboxes with the same word as of mailboxes that do not exist.
PASSING = re.compile(r"soft|transient|temporary", re.IGNORECASE)


def door() -> Callable[[HttpRequest], HttpResponse] | None:
    """The library's own view for the shop's provider; None without a provider or without a secret."""
    found = BACKEND.match(settings.EMAIL_BACKEND)
    return _view(found[1]) if found and settings.ANYMAIL.get("WEBHOOK_SECRET") else None


@once
def _view(provider: str) -> Callable[[HttpRequest], HttpResponse] | None:
    from anymail.signals import tracking
    from anymail.urls import urlpatterns

    tracking.connect(_hear, dispatch_uid="shop.mail_events")
    wanted = f"{provider}_tracking_webhook"
    return next((route.callback for route in urlpatterns if route.name == wanted), None)


def _hear(sender, event, esp_name: str, **kwargs) -> None:
    now, type = timezone.now(), TYPES.get(event.event_type, Type.OTHER)
    raw = event.esp_event if isinstance(event.esp_event, dict) else {}
    words = " ".join(filter(None, [event.event_type, event.reject_reason, event.description]))
    passing = PASSING.search(f"{words} {raw.get('Type', '')} {raw.get('bounceType', '')} {raw.get('severity', '')}")
    told = feedback.Told(
        provider=esp_name,
        event_id=event.event_id or _name_of(event),
        type=type,
        occurred_at=event.timestamp or now,
        provider_id=event.message_id or "",
        row=str((event.metadata or {}).get("row", "")),
        address=event.recipient or "",
        words=words,
        is_final=type == Type.BOUNCED and event.reject_reason in ("bounced", "invalid") and not passing,
        is_machine=type in (Type.OPENED, Type.CLICKED) and bool(MACHINES.search(event.user_agent or "")),
    )
    feedback.take(told, now)


def _name_of(event) -> str:
    """The same event told again has the same name, where the provider gives it none."""
    facts = [event.event_type, event.message_id, event.recipient, event.timestamp, event.click_url]
    return hashlib.sha256(repr(facts).encode()).hexdigest()
