"""The ways in which a message leaves the house. A channel is one module here:

`parcel(message, letter) -> object`: what is handed over, worked out before anything is told to the outside world;
`hand_over(parcel) -> str`: the number at the provider, or nothing; raises `customers.post_office` NotNow, Away,
Refused or Unanswered. Never called inside a transaction.
"""

from types import ModuleType

from marketing.channels import email
from marketing.models import Message

CHANNELS: dict[str, ModuleType] = {Message.Channel.EMAIL: email}
