"""Messages on the website: shown to somebody we recognise when he comes by, kept until he closes them."""

from datetime import datetime

from django.core.cache import cache
from django.db.models import Q

from customers.models import Customer
from customers.outcomes import NotNow, Refused, Unanswered
from marketing import presence
from marketing.actions import dispatching
from marketing.models import Message

Status = Message.Status
OPEN = (Status.PLANNED, Status.HANDED_OVER)
# So long a page may not know that there is something new to show.
LIVE_FOR = 30
LIVE = "on-site:live"


def is_anything_live(now: datetime) -> bool:
    """Whether anybody at all is to be shown something: asked twice a minute, not on every page."""
    found = cache.get(LIVE)
    if found is None:
        rows = Message.objects.filter(channel=Message.Channel.ONSITE, deadline__gt=now, dismissed_at=None)
        found = rows.filter(status__in=OPEN).exists()
        cache.set(LIVE, found, LIVE_FOR)
    return found


def waiting_for(customer: Customer | None, now: datetime) -> Message | None:
    """The one message for whoever is here: the most important, then the oldest. No query where nothing is live."""
    key = presence.current()
    if (key is None and customer is None) or not is_anything_live(now):
        return None
    whose = Q(profile__customer=customer) if customer else Q(profile__visitors__key=key)
    rows = Message.objects.filter(whose, channel=Message.Channel.ONSITE, status__in=OPEN, dismissed_at=None)
    return rows.filter(planned_for__lte=now, deadline__gt=now).order_by("priority", "pk").first()


def show(message: Message, now: datetime) -> Message | None:
    """The message as it is to be drawn: at the first time it is taken up by every rule, and written down as sent.

    None when a rule holds it back, or it was skipped.
    """
    if message.status == Status.HANDED_OVER:
        return message
    taken = dispatching.take(message.pk, now)
    if taken is None:
        return None
    try:
        dispatching.send(taken, now)
    except (NotNow, Refused, Unanswered):
        return None
    return Message.objects.filter(pk=message.pk, status=Status.HANDED_OVER).first()


def dismiss(message: Message, now: datetime) -> None:
    """The person closed it: it does not come back."""
    Message.objects.filter(pk=message.pk, dismissed_at=None).update(dismissed_at=now)
