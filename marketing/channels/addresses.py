"""Where a person is reached by each channel, and which places we never call."""

import ipaddress
from collections.abc import Sequence

from customers.models import PhoneNumber
from marketing.models import Message, Profile, PushSubscription

Channel = Message.Channel


def address_of(profile: Profile, channel: str) -> str:
    """What a message to this person by this channel has as its address; empty where he cannot be reached by it.

    Another system is no place of a person: there the address is that of its `WebhookTarget` (`webhook.address_of`).
    """
    return addresses_of([profile], channel).get(profile.pk, "")


def addresses_of(people: Sequence[Profile], channel: str) -> dict[int, str]:
    """`address_of` many people, by their keys, for one query; who cannot be reached is left out."""
    if channel == Channel.EMAIL:
        return {one.pk: one.email for one in people}
    if channel == Channel.SMS:
        rows = PhoneNumber.objects.filter(email__in=[one.email for one in people]).exclude(number="")
        numbers = dict(rows.values_list("email", "number"))
        return {one.pk: numbers[one.email] for one in people if one.email in numbers}
    if channel == Channel.PUSH:
        devices = PushSubscription.objects.filter(profile__in=people, gone_at=None).order_by()
        return {pk: f"push:{pk}" for pk in devices.values_list("profile", flat=True).distinct()}
    return {one.pk: f"web:{one.pk}" for one in people} if channel == Channel.ONSITE else {}


def is_public_host(host: str) -> bool:
    """Whether a host may be called by its name: no bare address of a private network, no name without a dot."""
    host = host.strip(".").lower()
    try:
        return ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        names = host.split(".")
        return len(names) > 1 and names[-1] not in ("local", "internal", "localhost", "lan", "home", "onion", "arpa")
