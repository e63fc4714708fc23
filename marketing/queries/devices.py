"""The browsers of a person that may be shown notifications."""

from customers.consent import normal
from marketing.models import PushSubscription


def devices_of(email: str) -> list[PushSubscription]:
    """Those that are still open, the newest first."""
    return list(PushSubscription.objects.filter(profile__email=normal(email), gone_at=None).order_by("-id")[:20])
