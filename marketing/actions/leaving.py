"""Somebody does not want to hear from us any more: what is planned for him does not go out."""

from datetime import datetime

from customers.consent import normal
from customers.models import Consent
from marketing.models import Message
from marketing.rules import Rule


def stop(email: str, channel: str, now: datetime, reason: str = Rule.NO_CONSENT.value) -> int:
    """Skip what is planned for this address, inside the caller's transaction; says how many.

    What a worker has taken up already asks again at its claim, which waits for this transaction or came before it.
    """
    if channel != Consent.Channel.EMAIL:
        # Nothing is planned by other channels yet.
        return 0
    planned = Message.objects.filter(address=normal(email), status=Message.Status.PLANNED)
    return planned.update(status=Message.Status.SKIPPED, reason=reason)
