"""Where a person is reached by each channel, and which places we never call."""

import ipaddress

from customers.models import PhoneNumber
from marketing.models import Message, Profile, PushSubscription

Channel = Message.Channel


def address_of(profile: Profile, channel: str) -> str:
    """What a message to this person by this channel has as its address; empty where he cannot be reached by it.

    Another system is no place of a person: there the address is that of its `WebhookTarget` (`webhook.address_of`).
    """
    if channel == Channel.EMAIL:
        return profile.email
    if channel == Channel.SMS:
        return number_of(profile.email)
    if channel == Channel.PUSH:
        has_devices = PushSubscription.objects.filter(profile=profile, gone_at=None).exists()
        return f"push:{profile.pk}" if has_devices else ""
    return f"web:{profile.pk}" if channel == Channel.ONSITE else ""


def number_of(email: str) -> str:
    """The confirmed number for texts (E.164), or nothing."""
    return PhoneNumber.objects.filter(email=email).values_list("number", flat=True).first() or ""


def is_public_host(host: str) -> bool:
    """Whether a host may be called by its name: no bare address of a private network, no name without a dot."""
    host = host.strip(".").lower()
    try:
        return ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        names = host.split(".")
        return len(names) > 1 and names[-1] not in ("local", "internal", "localhost", "lan", "home", "onion", "arpa")
