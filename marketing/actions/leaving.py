"""Somebody does not want to hear from us any more: what is planned for him does not go out."""

from datetime import datetime

from django.db.models import Q

from customers.consent import normal
from customers.models import Consent
from marketing.models import Message, Profile
from marketing.rules import Rule

Status = Message.Status


def stop(email: str, channel: str, now: datetime, reason: str = Rule.NO_CONSENT.value) -> int:
    """Skip what is planned or taken up for this person by this channel, in the caller's transaction; says how many.

    What is being sent this very moment has asked before, or waits for this transaction and asks then.
    """
    email = normal(email)
    whose = Q(profile__in=Profile.everyone.filter(email=email).values("pk"))
    whose |= Q(address=email) if channel == Consent.Channel.EMAIL else Q()
    waiting = Message.objects.filter(whose, channel=channel, status__in=[Status.PLANNED, Status.CLAIMED])
    return waiting.update(status=Status.SKIPPED, reason=reason)
