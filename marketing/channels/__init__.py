"""The ways in which a message leaves the house. A channel is one module here:

`parcel(message, letter) -> object`: what is handed over, worked out before anything is told to the outside world;
raises `marketing.words.CannotBeWritten` where there is no way to the person any more;
`hand_over(parcel) -> str`: the number at the provider, or nothing; raises `customers.post_office` NotNow, Away,
Refused or Unanswered. Never called inside a transaction.
"""

from types import ModuleType

from django.conf import settings

from customers import texts
from marketing.channels import email, onsite, push, sms, webhook
from marketing.models import Message

CHANNELS: dict[str, ModuleType] = {
    Message.Channel.EMAIL: email,
    Message.Channel.SMS: sms,
    Message.Channel.PUSH: push,
    Message.Channel.ONSITE: onsite,
    Message.Channel.WEBHOOK: webhook,
}


def is_set_up(channel: str) -> bool:
    """Whether anything can leave by this channel: a carrier of texts, keys for devices."""
    if channel == Message.Channel.SMS:
        return texts.is_offered()
    return channel != Message.Channel.PUSH or bool(settings.VAPID_PRIVATE_KEY)
